package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import java.util.random.RandomGenerator;

/// A network over token ids: `[batch, places]`, where 0 is padding and 1 an unknown word. Padding
/// changes no result, wherever it stands.
///
/// Its two halves are apart, so that a perturbation can be laid on word vectors: a token's number
/// has no neighbourhood.
public sealed interface TextEncoder extends Network
        permits BagOfWords, TextConvolution, HierarchicalLstm {

    /// The id that stands for no word.
    int PADDING = 0;

    /// Rows of the table of word vectors: one more than the largest id.
    int vocabulary();

    /// Entries of a word vector.
    int dimension();

    /// From word vectors to the output.
    ///
    /// @param ids `[batch, places]`, which says where padding is
    /// @param words `[batch, places, dimension]`
    /// @return `[batch, outputSize]`
    NDArray encode(Parameters parameters, String name, NDArray ids, NDArray words);

    /// The word vectors of ids, `[batch, places] -> [batch, places, dimension]`.
    default NDArray words(Parameters parameters, String name, NDArray ids) {
        return Embedding.embedding(
                        ids.toType(DataType.INT64, false),
                        parameters.get(name + ".words"),
                        SparseFormat.DENSE)
                .singletonOrThrow();
    }

    @Override
    default NDArray forward(Parameters parameters, String name, NDArray x) {
        return encode(parameters, name, x, words(parameters, name, x));
    }

    /// Draws the table of word vectors: of variance `1/dimension`, so that a vector's length is
    /// about 1.
    default void initialiseWords(Parameters parameters, String name, RandomGenerator random) {
        parameters.uniform(
                name + ".words",
                new Shape(vocabulary(), dimension()),
                Math.sqrt(3.0 / dimension()),
                random);
    }
}
