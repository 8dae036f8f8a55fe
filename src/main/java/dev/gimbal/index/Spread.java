package dev.gimbal.index;

import dev.gimbal.family.Similarity;
import java.util.List;

/// Where a set of vectors lies, and how far float32 can be trusted in comparing them.
///
/// @param center mean `c` of the vectors
/// @param longest largest `|r - c|`
/// @param largestRatio largest `(|r - c| + |c|) / |r|` of vectors that are not zero
/// @param plain whether float32 holds the squares of all lengths well
record Spread(double[] center, double longest, double largestRatio, boolean plain) {
    /// A float32 sum of d products errs by less than about d ulps of the product of the lengths.
    private static final double ULP = Math.ulp(1f);

    private static final double SHORTEST = 1e-15;
    private static final double LONGEST = 1e15;

    /// @param vectors at least one, all of one length
    static Spread of(List<float[]> vectors) {
        double[] center = mean(vectors);
        double offset = norm(center);
        double longest = 0;
        double ratio = 0;
        boolean plain = true;
        for (float[] vector : vectors) {
            double distance = norm(minus(vector, center));
            double norm = norm(vector);
            longest = Math.max(longest, distance);
            ratio = Math.max(ratio, norm == 0 ? 0 : (distance + offset) / norm);
            plain &= plain(norm);
        }
        return new Spread(center, longest, ratio, plain);
    }

    /// `v - c`.
    double[] centered(float[] vector) {
        return minus(vector, center);
    }

    /// `p.c`.
    double dotCenter(float[] point) {
        double sum = 0;
        for (int j = 0; j < center.length; j++) {
            sum += point[j] * center[j];
        }
        return sum;
    }

    /// What [VectorMatrix] leaves out of a similarity, since it is the same for every row.
    double constant(float[] point, Similarity similarity) {
        return switch (similarity) {
            case NEGATIVE_SQUARED_L2 -> {
                double y = norm(centered(point));
                yield -y * y;
            }
            case INNER_PRODUCT -> dotCenter(point);
            case COSINE -> 0;
        };
    }

    /// A bound on how much any similarity of this point found by [VectorMatrix] may be wrong: worst
    /// case of the sums, and of rounding the centred rows. Infinite where float32 is out of its
    /// depth.
    double error(float[] point, Similarity similarity) {
        double p = norm(point);
        if (!plain || !plain(p)) {
            return Double.POSITIVE_INFINITY;
        }
        double y = norm(centered(point));
        double sums = (center.length + 8) * ULP;
        return switch (similarity) {
            case NEGATIVE_SQUARED_L2 -> sums * (2 * y * longest + longest * longest + y * y);
            case INNER_PRODUCT -> sums * p * longest;
            case COSINE -> sums * largestRatio;
        };
    }

    /// 1 / |v|, and 0 for a vector of zeros.
    static double inverseNorm(float[] vector) {
        double norm = norm(vector);
        return norm == 0 ? 0 : 1 / norm;
    }

    private static boolean plain(double norm) {
        return norm == 0 || norm > SHORTEST && norm < LONGEST;
    }

    private static double[] mean(List<float[]> vectors) {
        double[] mean = new double[vectors.getFirst().length];
        for (float[] vector : vectors) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += vector[j] / (double) vectors.size();
            }
        }
        return mean;
    }

    private static double[] minus(float[] vector, double[] origin) {
        double[] difference = new double[origin.length];
        for (int j = 0; j < origin.length; j++) {
            difference[j] = vector[j] - origin[j];
        }
        return difference;
    }

    private static double norm(float[] vector) {
        double sum = 0;
        for (float v : vector) {
            sum += (double) v * v;
        }
        return Math.sqrt(sum);
    }

    static double norm(double[] vector) {
        double sum = 0;
        for (double v : vector) {
            sum += v * v;
        }
        return Math.sqrt(sum);
    }
}
