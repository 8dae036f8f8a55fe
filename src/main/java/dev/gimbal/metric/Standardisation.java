package dev.gimbal.metric;

/// Brings features to mean 0 and deviation 1; one that does not vary becomes 0.
///
/// @param mean of each feature
/// @param deviation of each feature, 1 where it does not vary
record Standardisation(double[] mean, double[] deviation) {

    /// That of these rows, `[row][feature]`.
    static Standardisation of(float[][] rows) {
        int width = rows[0].length;
        double[] mean = new double[width];
        double[] deviation = new double[width];
        for (int j = 0; j < width; j++) {
            for (float[] row : rows) {
                mean[j] += row[j] / (double) rows.length;
            }
            double variance = 0;
            for (float[] row : rows) {
                variance += (row[j] - mean[j]) * (row[j] - mean[j]) / rows.length;
            }
            deviation[j] = variance > 0 ? Math.sqrt(variance) : 1;
        }
        return new Standardisation(mean, deviation);
    }

    float[][] apply(float[][] rows) {
        float[][] standard = new float[rows.length][mean.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < mean.length; j++) {
                standard[i][j] = (float) ((rows[i][j] - mean[j]) / deviation[j]);
            }
        }
        return standard;
    }
}
