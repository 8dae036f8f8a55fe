package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv1d;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Convolutions of several widths over a text's words, each followed by ReLU and its maximum over
/// time, then an affine layer (Kim, "Convolutional Neural Networks for Sentence Classification",
/// 2014). Sentences follow each other without a gap.
///
/// @param vocabulary rows of the table of word vectors
/// @param dimension of a word vector
/// @param widths of the windows, in words
/// @param channels of each width
/// @param output entries of one output row
public record TextConvolution(
        int vocabulary, int dimension, List<Integer> widths, int channels, int output)
        implements TextEncoder {
    public TextConvolution {
        widths = List.copyOf(widths);
        if (vocabulary < 2
                || dimension < 1
                || channels < 1
                || output < 1
                || widths.isEmpty()
                || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException(
                    "sizes must be positive: vocabulary %d, dimension %d, widths %s, channels %d, output %d"
                            .formatted(vocabulary, dimension, widths, channels, output));
        }
    }

    @Override
    public void initialise(Parameters parameters, String name, RandomGenerator random) {
        initialiseWords(parameters, name, random);
        for (int width : widths) {
            double bound = 1 / Math.sqrt(dimension * width);
            parameters.uniform(
                    name + "." + width + ".weight",
                    new Shape(channels, dimension, width),
                    bound,
                    random);
            parameters.uniform(name + "." + width + ".bias", new Shape(channels), bound, random);
        }
        Dense.initialise(parameters, name + ".output", channels * widths.size(), output, random);
    }

    @Override
    public NDArray encode(Parameters parameters, String name, NDArray ids, NDArray words) {
        int[][] texts = Sequences.present(ids.toFloatArray(), (int) ids.getShape().get(1));
        int length = Math.max(Sequences.longest(texts), widths.stream().reduce(1, Math::max));
        NDArray dense =
                Sequences.pick(words.reshape(-1, dimension), texts, length).transpose(0, 2, 1);
        NDList features = new NDList();
        for (int width : widths) {
            NDArray windows =
                    Conv1d.conv1d(
                                    dense,
                                    parameters.get(name + "." + width + ".weight"),
                                    parameters.get(name + "." + width + ".bias"))
                            .singletonOrThrow();
            NDArray whole = whole(texts, width, length, ids.getManager());
            features.add(Activation.RELU.apply(windows).mul(whole).max(new int[] {2}));
        }
        // concatenating one array would copy it, and a copy passes no gradient
        NDArray all = features.size() == 1 ? features.head() : NDArrays.concat(features, 1);
        return Dense.forward(parameters, name + ".output", all);
    }

    /// 1 for the windows that lie in the text, `[texts, 1, windows]`; the first one counts even
    /// when the text is shorter. After ReLU, a 0 is never a larger maximum.
    private static NDArray whole(int[][] texts, int width, int length, NDManager manager) {
        int windows = length - width + 1;
        float[] mask = new float[texts.length * windows];
        for (int i = 0; i < texts.length; i++) {
            int count = Math.max(1, texts[i].length - width + 1);
            Arrays.fill(mask, i * windows, i * windows + count, 1);
        }
        return manager.create(mask, new Shape(texts.length, 1, windows));
    }

    @Override
    public String outputLayer(String name) {
        return name + ".output";
    }

    @Override
    public int outputSize() {
        return output;
    }
}
