package dev.gimbal.family;

/// What an index compares a point `p` and an item's index vector `r` by; larger is closer.
public enum Similarity {
    /// `p . r / (|p| |r|)`
    COSINE,
    /// `-|p - r|^2`
    NEGATIVE_SQUARED_L2,
    /// `p . r`
    INNER_PRODUCT;

    /// The similarity itself, in the form that does not cancel: the difference before the square.
    ///
    /// @throws IllegalArgumentException when the lengths differ
    public double of(float[] point, float[] vector) {
        if (point.length != vector.length) {
            throw new IllegalArgumentException(
                    "point has " + point.length + " entries, vector " + vector.length);
        }
        return switch (this) {
            case INNER_PRODUCT -> dot(point, vector);
            case COSINE -> {
                double norms = Math.sqrt(dot(point, point) * dot(vector, vector));
                yield norms == 0 ? 0 : dot(point, vector) / norms;
            }
            case NEGATIVE_SQUARED_L2 -> {
                double sum = 0;
                for (int i = 0; i < point.length; i++) {
                    double difference = (double) point[i] - vector[i];
                    sum -= difference * difference;
                }
                yield sum;
            }
        };
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
