package dev.gimbal.family;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Value;
import dev.gimbal.network.Network;
import dev.gimbal.preprocessing.Preprocessing;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The configuration of a model: everything but its weights. It is data, so that a bundle can carry
/// it as JSON.
///
/// @param family which model this is
/// @param modalities the query side first
/// @param preprocessing by modality; a modality without an entry is taken as it is
/// @param networks by their role, such as `embedder.square` or `prior`
/// @param constants fixed numbers of the family, such as RIVAE's `eta`
/// @param generative latents and likelihoods of a family that draws; `null` for the others
public record Architecture(
        Family family,
        List<Modality> modalities,
        Map<String, Preprocessing> preprocessing,
        Map<String, Network> networks,
        Map<String, Double> constants,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GenerativeLayout generative) {

    /// Of a family that does not draw.
    public Architecture(
            Family family,
            List<Modality> modalities,
            Map<String, Preprocessing> preprocessing,
            Map<String, Network> networks,
            Map<String, Double> constants) {
        this(family, modalities, preprocessing, networks, constants, null);
    }

    public Architecture {
        modalities = List.copyOf(modalities);
        preprocessing = new TreeMap<>(preprocessing);
        networks = new TreeMap<>(networks);
        constants = new TreeMap<>(constants);
    }

    /// The network of that role.
    ///
    /// @throws IllegalArgumentException when there is none
    public Network network(String role) {
        Network network = networks.get(role);
        if (network == null) {
            throw new IllegalArgumentException(
                    family.id() + " needs a network '" + role + "', found " + networks.keySet());
        }
        return network;
    }

    /// Names of the modules that its networks need: code that came from outside.
    public Set<String> modules() {
        return networks.entrySet().stream()
                .flatMap(entry -> entry.getValue().modules(entry.getKey()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The constant of that name.
    ///
    /// @throws IllegalArgumentException when there is none
    public double constant(String name) {
        Double constant = constants.get(name);
        if (constant == null) {
            throw new IllegalArgumentException(
                    family.id() + " needs a constant '" + name + "', found " + constants.keySet());
        }
        return constant;
    }

    /// Latents and likelihoods.
    ///
    /// @throws IllegalArgumentException when there are none
    public GenerativeLayout layout() {
        if (generative == null) {
            throw new IllegalArgumentException(family.id() + " needs a generative layout");
        }
        return generative;
    }

    /// The modality of that name.
    ///
    /// @throws IllegalArgumentException when there is none
    public Modality modality(String name) {
        return modalities.stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "unknown modality '"
                                        + name
                                        + "', known are "
                                        + modalities.stream().map(Modality::name).toList()));
    }

    /// A value as the numbers that [CrossModalModel] takes.
    ///
    /// @throws IllegalArgumentException for an unknown modality, a value of another kind or size
    public float[] read(String modality, Value value) {
        Modality known = modality(modality);
        boolean text = known.kind() == Modality.Kind.TEXT;
        if (text != value instanceof Value.Text) {
            throw new IllegalArgumentException(
                    "modality '%s' takes %s".formatted(modality, text ? "text" : "no text"));
        }
        if (value instanceof Value.Numbers(float[] numbers) && numbers.length != known.size()) {
            throw new IllegalArgumentException(
                    "modality '%s' takes %d numbers, not %d"
                            .formatted(modality, known.size(), numbers.length));
        }
        Preprocessing step = preprocessing.get(modality);
        return step == null ? value.numbers() : step.read(value);
    }
}
