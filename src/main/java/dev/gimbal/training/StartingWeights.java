package dev.gimbal.training;

import ai.djl.ndarray.types.Shape;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Tensor;
import dev.gimbal.dataset.TensorFile;
import dev.gimbal.family.PairedModel;
import dev.gimbal.network.Network;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.TrunkAndHead;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Weights that an embedder starts from: a safetensors file with the names of the network's own
/// arrays, such as torchvision's for a [dev.gimbal.network.ResNet].
///
/// What else is in the file (a classifier, counters) is left out. Of an embedder with a head the
/// weights are the trunk's; the head starts anew.
final class StartingWeights {
    private StartingWeights() {}

    /// Puts a file's arrays into the embedder of a modality.
    ///
    /// @throws BadInputException naming the first array that is missing or of another shape, before
    ///   anything is changed
    /// @throws IllegalArgumentException when the model has no such modality
    public static void load(PairedModel model, String modality, Path file) {
        String role = PairedModel.embedder(model.architecture().modality(modality).name());
        Network network = model.architecture().network(role);
        boolean headed = network instanceof TrunkAndHead;
        Network trunk = network instanceof TrunkAndHead(Network t, Network _) ? t : network;
        String prefix = role + (headed ? TrunkAndHead.TRUNK : ".");
        Parameters parameters = model.parameters();
        Set<String> needed =
                parameters.names().stream()
                        .filter(name -> name.startsWith(prefix))
                        .map(name -> name.substring(prefix.length()))
                        .filter(name -> !trunk.startsAnew(name))
                        .collect(Collectors.toSet());
        if (needed.isEmpty()) {
            throw new BadInputException(
                    "weights", file, "the embedder of '" + modality + "' has no arrays to start");
        }
        Map<String, Tensor> found = TensorFile.read(file, needed::contains);
        for (String name : needed.stream().sorted().toList()) {
            requireFit(file, name, parameters.get(prefix + name).getShape(), found.get(name));
        }
        found.forEach((name, tensor) ->
                parameters.set(prefix + name, shape(tensor.shape()), tensor.values()));
    }

    private static void requireFit(Path file, String name, Shape needed, @Nullable Tensor found) {
        if (found == null) {
            throw new BadInputException(
                    "weights", file, "has no array '" + name + "' of " + needed);
        }
        if (!shape(found.shape()).equals(needed)) {
            throw new BadInputException(
                    "weights",
                    file,
                    "array '%s' is %s, and the network's is %s"
                            .formatted(name, shape(found.shape()), needed));
        }
    }

    private static Shape shape(List<Long> shape) {
        return new Shape(shape);
    }
}
