package dev.gimbal.metric;

/// The share of examples that are given the class that they have; in `[0, 1]`.
public final class Accuracy {
    private Accuracy() {}

    /// The share, in `[0, 1]`.
    ///
    /// @param predicted class of each example
    /// @param actual class of each example
    /// @throws IllegalArgumentException without examples, or when the lengths differ
    public static double of(int[] predicted, int[] actual) {
        if (predicted.length == 0 || predicted.length != actual.length) {
            throw new IllegalArgumentException(
                    "%d predictions for %d examples".formatted(predicted.length, actual.length));
        }
        int right = 0;
        for (int i = 0; i < predicted.length; i++) {
            right += predicted[i] == actual[i] ? 1 : 0;
        }
        return right / (double) predicted.length;
    }
}
