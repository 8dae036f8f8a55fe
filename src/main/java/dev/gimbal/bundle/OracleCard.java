package dev.gimbal.bundle;

import dev.gimbal.dataset.ClassFactor;
import dev.gimbal.dataset.Modality;
import dev.gimbal.network.Network;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What an [Oracle] says of itself.
///
/// @param format version of this layout
/// @param factor which column of true factors it tells
/// @param classes values of that factor, in the order of the classifiers' outputs
/// @param modalities that it has a classifier for
/// @param classifiers by modality; `classes.size()` outputs each
/// @param accuracy on the test split, by modality, in `[0, 1]`
/// @param weightsSha256 of the file beside it
/// @param provenance how it was trained
public record OracleCard(
        int format,
        String factor,
        List<String> classes,
        List<Modality> modalities,
        Map<String, Network> classifiers,
        Map<String, Double> accuracy,
        String weightsSha256,
        Provenance provenance) {

    /// The version that this program writes and reads.
    public static final int FORMAT = 1;

    public OracleCard {
        classes = List.copyOf(classes);
        modalities = List.copyOf(modalities);
        classifiers = new TreeMap<>(classifiers);
        accuracy = new TreeMap<>(accuracy);
        if (format != FORMAT) {
            throw new BundleException(
                    "oracle format " + format + " is not known; this version reads " + FORMAT);
        }
    }

    /// The factor that it tells.
    public ClassFactor tells() {
        return new ClassFactor(factor, classes);
    }

    /// The classifier of a modality.
    ///
    /// @throws IllegalArgumentException when there is none
    Network classifier(String modality) {
        Network network = classifiers.get(modality);
        if (network == null) {
            throw new IllegalArgumentException(
                    "the oracle knows %s, not '%s'".formatted(classifiers.keySet(), modality));
        }
        return network;
    }
}
