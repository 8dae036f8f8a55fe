package dev.gimbal.dataset;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Paired data: examples that carry one value for each modality, any of which may be absent.
///
/// Implementations are immutable and safe to read from several threads. Examples may be made on
/// demand.
public interface MultimodalDataset {

    /// The name by which the command line knows it, such as `sprites`.
    String name();

    /// All modalities, the query side first.
    List<Modality> modalities();

    /// Number of examples of a split.
    int size(Split split);

    /// The example at a position of a split.
    ///
    /// @throws IndexOutOfBoundsException outside `[0, size(split))`
    Example example(Split split, int position);

    /// One value of an example, `null` when it is absent: without reading the others, where a data
    /// set can.
    ///
    /// @throws IndexOutOfBoundsException outside `[0, size(split))`
    default @Nullable Value value(Split split, int position, String modality) {
        return example(split, position).values().get(modality);
    }

    /// How many values of a modality a split's examples share: no more than there are examples,
    /// fewer where one is in several, as in pairs by class.
    default int distinctValues(Split split, String modality) {
        return size(split);
    }

    /// Which of these values an example carries, in `[0, distinctValues)`: examples with the same
    /// index have equal values, so that a reader may keep each once.
    ///
    /// @throws IndexOutOfBoundsException outside `[0, size(split))`
    default int valueIndex(Split split, int position, String modality) {
        return Objects.checkIndex(position, size(split));
    }

    /// True factors of a split, in its order; [FactorTable#NONE] when unknown.
    FactorTable factors(Split split);

    /// Classes within which pairs are formed, in the split's order: any value of one modality goes
    /// with any value of another whose example is of the same class. Empty where each pair is what
    /// was observed together.
    default int[] pairingClasses(Split split) {
        return new int[0];
    }

    /// SHA-256 (hexadecimal) of what defines the content: the generator's parameters and seed, or
    /// the files' bytes.
    String fingerprint();

    /// The modality of that name.
    ///
    /// @throws IllegalArgumentException when there is none
    default Modality modality(String name) {
        return modalities().stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "data set '"
                                        + name()
                                        + "' has no modality '"
                                        + name
                                        + "', only "
                                        + modalities().stream().map(Modality::name).toList()));
    }
}
