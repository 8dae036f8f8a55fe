package dev.gimbal.metric;

import java.util.Arrays;

/// Features averaged over each class, as Lee and Pavlovic 2021 (Sec. 5.2) use those of texts.
///
/// @param classes in ascending order
/// @param means `[class][feature]`, in that order
record ClassMeans(int[] classes, float[][] means) {

    /// @param features `[example][feature]`
    /// @param classes of each example
    /// @throws IllegalArgumentException without examples, or when the numbers differ
    static ClassMeans of(float[][] features, int[] classes) {
        if (features.length == 0 || features.length != classes.length) {
            throw new IllegalArgumentException(
                    "%d features for %d classes".formatted(features.length, classes.length));
        }
        int[] different = Arrays.stream(classes).distinct().sorted().toArray();
        double[][] sums = new double[different.length][features[0].length];
        int[] counts = new int[different.length];
        for (int i = 0; i < features.length; i++) {
            int place = Arrays.binarySearch(different, classes[i]);
            counts[place]++;
            for (int j = 0; j < features[i].length; j++) {
                sums[place][j] += features[i][j];
            }
        }
        float[][] means = new float[different.length][features[0].length];
        for (int c = 0; c < means.length; c++) {
            for (int j = 0; j < means[c].length; j++) {
                means[c][j] = (float) (sums[c][j] / counts[c]);
            }
        }
        return new ClassMeans(different, means);
    }

    /// Where a class stands.
    ///
    /// @throws IllegalArgumentException when there is no such class
    int place(int wanted) {
        int place = Arrays.binarySearch(classes, wanted);
        if (place < 0) {
            throw new IllegalArgumentException("no example of class " + wanted);
        }
        return place;
    }
}
