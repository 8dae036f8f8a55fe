package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The text encoder of A.1.1 (Kim et al. 2020): a bidirectional LSTM over the words of a sentence,
/// another one over the sentences, then an affine layer.
///
/// @param vocabulary rows of the table of word vectors
/// @param dimension of a word vector
/// @param words places of a sentence; a text's places are a multiple of it
/// @param hidden entries of a state, in one direction; the paper's is 300
/// @param output entries of one output row
public record HierarchicalLstm(int vocabulary, int dimension, int words, int hidden, int output)
        implements TextEncoder {
    public HierarchicalLstm {
        if (vocabulary < 2 || dimension < 1 || words < 1 || hidden < 1 || output < 1) {
            throw new IllegalArgumentException(
                    "sizes must be positive: vocabulary %d, dimension %d, words %d, hidden %d, output %d"
                            .formatted(vocabulary, dimension, words, hidden, output));
        }
    }

    @Override
    public void initialise(Parameters parameters, String name, RandomGenerator random) {
        initialiseWords(parameters, name, random);
        BidirectionalLstm.initialise(parameters, name + ".sentence", dimension, hidden, random);
        BidirectionalLstm.initialise(parameters, name + ".text", 2 * hidden, hidden, random);
        Dense.initialise(parameters, name + ".output", 2 * hidden, output, random);
    }

    /// Empty sentences are left out, so most of a short recipe costs nothing.
    @Override
    public NDArray encode(Parameters parameters, String name, NDArray ids, NDArray words) {
        int[][] all = Sequences.present(ids.toFloatArray(), this.words);
        List<int[]> sentences = new ArrayList<>();
        int[][] texts = new int[Math.toIntExact(ids.getShape().get(0))][];
        int perText = all.length / texts.length;
        for (int text = 0; text < texts.length; text++) {
            int first = sentences.size();
            for (int i = text * perText; i < (text + 1) * perText; i++) {
                if (all[i].length > 0) {
                    sentences.add(all[i]);
                }
            }
            texts[text] = range(first, sentences.size());
        }
        if (sentences.isEmpty()) {
            sentences.add(new int[0]);
        }
        NDArray states =
                BidirectionalLstm.last(
                        parameters,
                        name + ".sentence",
                        words.reshape(-1, dimension),
                        sentences.toArray(int[][]::new));
        NDArray whole = BidirectionalLstm.last(parameters, name + ".text", states, texts);
        return Dense.forward(parameters, name + ".output", whole);
    }

    private static int[] range(int from, int to) {
        int[] range = new int[to - from];
        for (int i = 0; i < range.length; i++) {
            range[i] = from + i;
        }
        return range;
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
