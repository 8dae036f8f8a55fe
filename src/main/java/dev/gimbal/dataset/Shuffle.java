package dev.gimbal.dataset;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Random orders that a seed repeats.
public final class Shuffle {
    private Shuffle() {}

    /// The numbers `0..size-1`, each order equally likely (Fisher-Yates).
    public static int[] of(int size, RandomGenerator random) {
        int[] order = IntStream.range(0, size).toArray();
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int moved = order[i];
            order[i] = order[j];
            order[j] = moved;
        }
        return order;
    }
}
