package dev.gimbal.metric;

/// Rank-1: the share of images that are nearest, by cosine, to the mean text feature of their own
/// class (Table 2 of Lee and Pavlovic 2021). Two classes as near count against the model.
public final class RankOne {
    private RankOne() {}

    /// The share, in `[0, 1]`.
    ///
    /// @param images shared features of images, `[image][feature]`
    /// @param imageClasses of each
    /// @param texts shared features of texts, `[text][feature]`
    /// @param textClasses of each
    /// @throws IllegalArgumentException without examples, or when an image's class has no text
    public static double of(
            float[][] images, int[] imageClasses, float[][] texts, int[] textClasses) {
        if (images.length == 0 || images.length != imageClasses.length) {
            throw new IllegalArgumentException(
                    "%d images for %d classes".formatted(images.length, imageClasses.length));
        }
        ClassMeans means = ClassMeans.of(texts, textClasses);
        float[][] scores = CosineScores.of(images, means.means());
        int first = 0;
        for (int i = 0; i < images.length; i++) {
            first += Ranks.of(scores[i], means.place(imageClasses[i])) == 1 ? 1 : 0;
        }
        return first / (double) images.length;
    }
}
