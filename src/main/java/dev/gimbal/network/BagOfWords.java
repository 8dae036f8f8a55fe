package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.random.RandomGenerator;

/// The mean of a text's word vectors, then fully connected layers with ReLU between; for small
/// data, where word order is more than can be learned.
///
/// @param vocabulary rows of the table of word vectors
/// @param dimension of a word vector
/// @param hidden units of each hidden layer; empty makes one affine layer
/// @param output entries of one output row
public record BagOfWords(int vocabulary, int dimension, List<Integer> hidden, int output)
        implements TextEncoder {
    public BagOfWords {
        hidden = List.copyOf(hidden);
        if (vocabulary < 2 || dimension < 1) {
            throw new IllegalArgumentException(
                    "a vocabulary of %d words and vectors of %d entries are too few"
                            .formatted(vocabulary, dimension));
        }
        layers(dimension, hidden, output);
    }

    private static Mlp layers(int dimension, List<Integer> hidden, int output) {
        return new Mlp(dimension, hidden, output, Activation.RELU);
    }

    @Override
    public void initialise(Parameters parameters, String name, RandomGenerator random) {
        initialiseWords(parameters, name, random);
        layers(dimension, hidden, output).initialise(parameters, name + ".layers", random);
    }

    @Override
    public NDArray encode(Parameters parameters, String name, NDArray ids, NDArray words) {
        NDArray present = ids.neq(PADDING).toType(DataType.FLOAT32, false).expandDims(2);
        NDArray count = present.sum(new int[] {1}).maximum(1);
        NDArray mean = words.mul(present).sum(new int[] {1}).div(count);
        return layers(dimension, hidden, output).forward(parameters, name + ".layers", mean);
    }

    @Override
    public String outputLayer(String name) {
        return layers(dimension, hidden, output).outputLayer(name + ".layers");
    }

    @Override
    public int outputSize() {
        return output;
    }
}
