package dev.gimbal.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.family.Architecture;
import dev.gimbal.family.Family;
import dev.gimbal.family.Similarity;
import java.util.List;
import java.util.Map;

/// What a bundle says of itself.
///
/// @param format version of this record's layout
/// @param architecture the model's configuration, preprocessing included
/// @param latentSpaces the knobs, for each target modality
/// @param indexDimensions entries of an index vector, by modality
/// @param similarity what its index is searched by
/// @param weightsSha256 of the weights file
/// @param fingerprint of architecture and weights; see [ModelBundle]
/// @param provenance where it comes from
/// @param metrics measured on validation data
public record Manifest(
        int format,
        String name,
        Architecture architecture,
        List<LatentSpace> latentSpaces,
        Map<String, Integer> indexDimensions,
        Similarity similarity,
        String weightsSha256,
        String fingerprint,
        Provenance provenance,
        Map<String, Double> metrics) {

    /// The layout that this version writes.
    public static final int FORMAT = 1;

    public Manifest {
        latentSpaces = List.copyOf(latentSpaces);
    }

    /// Whether loading it runs code that came from outside, such as an imported encoder.
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public boolean executable() {
        return !architecture.modules().isEmpty();
    }

    /// The model's family.
    public Family family() {
        return architecture.family();
    }

    /// All modalities, the query side first.
    public List<Modality> modalities() {
        return architecture.modalities();
    }

    /// The knobs that lead to a target.
    ///
    /// @throws BadInputException when the model does not lead there
    public LatentSpace latentSpace(String target) {
        return latentSpaces.stream()
                .filter(space -> space.target().equals(target))
                .findFirst()
                .orElseThrow(() ->
                        new BadInputException(
                                "target",
                                target,
                                "model '%s' has no target '%s', only %s"
                                        .formatted(
                                                name,
                                                target,
                                                latentSpaces.stream()
                                                        .map(LatentSpace::target)
                                                        .toList())));
    }

    /// The same model with the names that people gave its factors in another manifest of it; a
    /// factor that they left unnamed there keeps the name that it has here, unless that is taken.
    public Manifest withNamesOf(Manifest other) {
        return withLatentSpaces(
                latentSpaces.stream()
                        .map(space -> {
                            LatentSpace theirs = other.latentSpace(space.target());
                            LatentSpace both = space.named(theirs.givenNames());
                            long names =
                                    both.factors().stream().map(Factor::name).distinct().count();
                            return names == both.factors().size() ? both : theirs;
                        })
                        .toList());
    }

    /// The same model with other factor names; its fingerprint stays.
    public Manifest withLatentSpaces(List<LatentSpace> renamed) {
        return new Manifest(
                format,
                name,
                architecture,
                renamed,
                indexDimensions,
                similarity,
                weightsSha256,
                fingerprint,
                provenance,
                metrics);
    }
}
