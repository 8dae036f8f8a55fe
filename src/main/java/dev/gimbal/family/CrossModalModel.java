package dev.gimbal.family;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.Distribution;
import dev.gimbal.network.Parameters;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A model of paired modalities, seen from a query: infer a distribution over z, locate z in the
/// target's index space.
///
/// Results belong to the manager of the arrays handed in. Reading is thread safe; training is not.
/// Closing frees the weights.
public interface CrossModalModel extends AutoCloseable {

    /// The configuration it was built from.
    Architecture architecture();

    /// Its weights.
    Parameters parameters();

    /// Draws every weight anew.
    void initialise(RandomGenerator random);

    /// What the observed modalities say about the z that leads to `target`.
    ///
    /// @param observed values by modality, each `[batch, size]`
    /// @throws UnsupportedQueryException when they say nothing
    Distribution infer(String target, Map<String, NDArray> observed);

    /// Where z lies among the index vectors of `target`.
    ///
    /// @param z `[batch, latent]`
    Loci locate(String target, NDArray z);

    /// The index vectors of items of a modality.
    ///
    /// @param x `[batch, size]`
    /// @return `[batch, dimension of the index]`
    NDArray indexVectors(String modality, NDArray x);

    /// Every way that it leads.
    List<Way> ways();

    /// Entries of an index vector of this modality.
    int indexDimension(String modality);

    /// What its index is searched by.
    Similarity similarity();

    /// Entries of z for this target.
    int latentSize(String target);

    @Override
    default void close() {
        parameters().close();
    }
}
