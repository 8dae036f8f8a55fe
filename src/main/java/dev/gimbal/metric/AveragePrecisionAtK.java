package dev.gimbal.metric;

/// AP@K as Table 2 of Lee and Pavlovic 2021 has it, with K = 50: images are ranked by their cosine
/// to a class's mean text feature; the share of the first K that are of that class, on average over
/// classes. (Not the average precision over recalls that the name also stands for.)
public final class AveragePrecisionAtK {
    private AveragePrecisionAtK() {}

    /// The mean over classes, in `[0, 1]`.
    ///
    /// @param texts shared features of texts, `[text][feature]`
    /// @param textClasses of each
    /// @param images shared features of images, `[image][feature]`
    /// @param imageClasses of each
    /// @throws IllegalArgumentException without examples, or with fewer than K images
    public static double of(
            float[][] texts, int[] textClasses, float[][] images, int[] imageClasses, int k) {
        ClassMeans means = ClassMeans.of(texts, textClasses);
        return ClassPrecisionAtK.of(
                CosineScores.of(means.means(), images), means.classes(), imageClasses, k);
    }
}
