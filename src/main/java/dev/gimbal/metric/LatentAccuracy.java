package dev.gimbal.metric;

import java.util.Arrays;

/// How much of a class a latent space tells: the share of unseen examples whose class a classifier
/// of their latents finds. High is wanted of a shared space, chance of a private one.
///
/// A private space without linear trace of the class may still hide it in another shape; so a
/// classifier that is not linear stands beside the linear one.
///
/// @param linear of [LogisticRegression]
/// @param nonLinear of the 15 nearest neighbours
public record LatentAccuracy(double linear, double nonLinear) {
    private static final int NEIGHBOURS = 15;

    /// Fits both on one split's latents and measures them on another's. Latents are standardised by
    /// the first split's means and deviations, so that no unit matters.
    ///
    /// @param train `[example][latent]`
    /// @param trainClasses of each, from 0
    /// @param test `[example][latent]`
    /// @param testClasses of each, from 0
    /// @throws IllegalArgumentException when a split is empty, rows and classes do not belong
    ///   together, or a latent is not finite
    public static LatentAccuracy of(
            float[][] train, int[] trainClasses, float[][] test, int[] testClasses) {
        require(train, trainClasses);
        require(test, testClasses);
        int count = Arrays.stream(trainClasses).max().orElseThrow() + 1;
        Standardisation units = Standardisation.of(train);
        float[][] x = units.apply(train);
        float[][] unseen = units.apply(test);
        int[] linear = LogisticRegression.fit(x, trainClasses, count).classify(unseen);
        int[] near = new NearestNeighbours(x, trainClasses, count, NEIGHBOURS).classify(unseen);
        return new LatentAccuracy(Accuracy.of(linear, testClasses), Accuracy.of(near, testClasses));
    }

    private static void require(float[][] latents, int[] classes) {
        if (latents.length == 0 || latents.length != classes.length) {
            throw new IllegalArgumentException(
                    "%d latents for %d classes".formatted(latents.length, classes.length));
        }
        for (float[] row : latents) {
            for (float value : row) {
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException("a latent is " + value);
                }
            }
        }
        if (Arrays.stream(classes).anyMatch(c -> c < 0)) {
            throw new IllegalArgumentException("classes count from 0");
        }
    }
}
