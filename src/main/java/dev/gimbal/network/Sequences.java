package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import java.util.Arrays;

/// Sequences of different lengths over the rows of one matrix.
final class Sequences {
    private Sequences() {}

    /// The rows that sequences name, each sequence filled up with zeros behind its end; gradients
    /// pass to the rows.
    ///
    /// @param rows `[rows, dimension]`
    /// @param sequences row numbers
    /// @param length of the result, at least that of the longest sequence
    /// @return `[sequences, length, dimension]`
    static NDArray pick(NDArray rows, int[][] sequences, int length) {
        long[] places = new long[sequences.length * length];
        for (int i = 0; i < sequences.length; i++) {
            for (int t = 0; t < sequences[i].length; t++) {
                places[i * length + t] = sequences[i][t] + 1;
            }
        }
        NDArray zero = rows.getManager().zeros(new Shape(1, rows.getShape().get(1)));
        return Embedding.embedding(
                        rows.getManager().create(places, new Shape(sequences.length, length)),
                        zero.concat(rows, 0),
                        SparseFormat.DENSE)
                .singletonOrThrow();
    }

    /// For each group of `places` ids, the places of those that are not padding.
    ///
    /// @param ids of `groups * places` entries
    static int[][] present(float[] ids, int places) {
        int[][] sequences = new int[ids.length / places][];
        int[] found = new int[places];
        for (int group = 0; group < sequences.length; group++) {
            int count = 0;
            for (int place = group * places; place < (group + 1) * places; place++) {
                if ((int) ids[place] != TextEncoder.PADDING) {
                    found[count++] = place;
                }
            }
            sequences[group] = Arrays.copyOf(found, count);
        }
        return sequences;
    }

    static int longest(int[][] sequences) {
        return Arrays.stream(sequences).mapToInt(sequence -> sequence.length).max().orElse(0);
    }
}
