package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;

/// One layer of long short-term memory in both directions (Hochreiter and Schmidhuber 1997), by the
/// engine's own operation: gates in PyTorch's order, input, forget, cell, output.
final class BidirectionalLstm {
    private static final int GATES = 4;

    private BidirectionalLstm() {}

    static void initialise(
            Parameters parameters, String name, int in, int hidden, RandomGenerator random) {
        double bound = 1 / Math.sqrt(hidden);
        for (String direction : new String[] {".forward", ".backward"}) {
            String prefix = name + direction;
            Shape gates = new Shape(GATES * hidden);
            parameters.uniform(prefix + ".weight_ih", new Shape(GATES * hidden, in), bound, random);
            parameters.uniform(
                    prefix + ".weight_hh", new Shape(GATES * hidden, hidden), bound, random);
            parameters.uniform(prefix + ".bias_ih", gates, bound, random);
            parameters.uniform(prefix + ".bias_hh", gates, bound, random);
        }
    }

    /// The last states of both directions, one after the other; 0 for an empty sequence.
    ///
    /// @param rows `[rows, in]`
    /// @param sequences row numbers, in the order in which they are read
    /// @return `[sequences, 2 * hidden]`
    static NDArray last(Parameters parameters, String name, NDArray rows, int[][] sequences) {
        int[][] reversed = new int[sequences.length][];
        for (int i = 0; i < sequences.length; i++) {
            reversed[i] = reversed(sequences[i]);
        }
        return run(parameters, name + ".forward", rows, sequences)
                .concat(run(parameters, name + ".backward", rows, reversed), 1);
    }

    private static NDArray run(
            Parameters parameters, String name, NDArray rows, int[][] sequences) {
        NDList weights =
                new NDList(
                        parameters.get(name + ".weight_ih"),
                        parameters.get(name + ".weight_hh"),
                        parameters.get(name + ".bias_ih"),
                        parameters.get(name + ".bias_hh"));
        long hidden = weights.get(1).getShape().get(1);
        int length = Math.max(1, Sequences.longest(sequences));
        NDArray x = Sequences.pick(rows, sequences, length);
        NDArray start = rows.getManager().zeros(new Shape(1, sequences.length, hidden));
        // "training" changes nothing without dropout, and a GPU gives no gradients without it
        NDArray states =
                x.getNDArrayInternal()
                        .lstm(x, new NDList(start, start), weights, true, 1, 0, true, false, true)
                        .head();
        int[][] ends = new int[sequences.length][];
        for (int i = 0; i < ends.length; i++) {
            int steps = sequences[i].length;
            ends[i] = steps == 0 ? new int[0] : new int[] {i * length + steps - 1};
        }
        return Sequences.pick(states.reshape(-1, hidden), ends, 1).reshape(-1, hidden);
    }

    private static int[] reversed(int[] sequence) {
        int[] reversed = new int[sequence.length];
        for (int t = 0; t < reversed.length; t++) {
            reversed[t] = sequence[sequence.length - 1 - t];
        }
        return reversed;
    }
}
