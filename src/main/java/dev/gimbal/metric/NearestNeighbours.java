package dev.gimbal.metric;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The classifier that asks the nearest examples, by squared Euclidean distance, for their class.
/// Among classes with as many votes the nearest example's wins.
final class NearestNeighbours {
    private final float[][] examples;
    private final int[] classes;
    private final int count;
    private final int neighbours;

    /// @param examples `[example][feature]`
    /// @param classes of each, below `count`
    /// @param neighbours asked; all, when there are fewer
    NearestNeighbours(float[][] examples, int[] classes, int count, int neighbours) {
        this.examples = examples;
        this.classes = classes;
        this.count = count;
        this.neighbours = Math.min(neighbours, examples.length);
    }

    /// The class of each row.
    int[] classify(float[][] rows) {
        return Arrays.stream(rows).parallel().mapToInt(this::classify).toArray();
    }

    private int classify(float[] row) {
        int[] nearest = nearest(row);
        int[] votes = new int[count];
        for (int example : nearest) {
            votes[classes[example]]++;
        }
        int most = IntStream.of(votes).max().orElseThrow();
        return IntStream.of(nearest)
                .map(example -> classes[example])
                .filter(c -> votes[c] == most)
                .findFirst()
                .orElseThrow();
    }

    /// Positions of the nearest examples, the nearest first.
    private int[] nearest(float[] row) {
        int[] nearest = new int[neighbours];
        float[] distances = new float[neighbours];
        int found = 0;
        for (int i = 0; i < examples.length; i++) {
            float distance = squaredDistance(row, examples[i]);
            if (found == neighbours && !(distance < distances[found - 1])) {
                continue;
            }
            int place = found < neighbours ? found++ : neighbours - 1;
            while (place > 0 && distances[place - 1] > distance) {
                distances[place] = distances[place - 1];
                nearest[place] = nearest[place - 1];
                place--;
            }
            distances[place] = distance;
            nearest[place] = i;
        }
        return nearest;
    }

    private static float squaredDistance(float[] a, float[] b) {
        float sum = 0;
        for (int j = 0; j < a.length; j++) {
            float difference = a[j] - b[j];
            sum += difference * difference;
        }
        return sum;
    }
}
