package dev.gimbal.retrieval;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.family.Locus;
import dev.gimbal.family.Similarity;
import java.util.List;

/// A mix of several loci in one index space: the weighted sum of their log-likelihoods, which is
/// again one locus, so that a mix costs one search.
///
/// With weights w, scales s and points p, and a = w s:
/// - squared L2, `W = sum(a) > 0`: the weighted mean of the points at scale W; `W = 0`: the inner
///   product with `2 sum(a p)`; `W < 0` has no nearest item and is refused;
/// - inner product: the inner product with `sum(a p)`;
/// - cosine: the cosine with `sum(a p / |p|)`, scaled by that vector's length.
record WeightedLoci(List<Locus> loci, double[] weights) {
    private static final double TINY = 1e-9;

    public WeightedLoci {
        loci = List.copyOf(loci);
        if (loci.isEmpty() || loci.size() != weights.length) {
            throw new IllegalArgumentException(
                    loci.size() + " loci but " + weights.length + " weights");
        }
        Locus first = loci.getFirst();
        for (Locus locus : loci) {
            if (locus.similarity() != first.similarity()
                    || locus.point().length != first.point().length) {
                throw new IllegalArgumentException("loci of different index spaces");
            }
        }
    }

    /// The one locus whose score is the weighted sum of the parts' scores for every item.
    ///
    /// @throws BadInputException when the sum is largest infinitely far away, or constant
    public Locus sum() {
        return switch (loci.getFirst().similarity()) {
            case NEGATIVE_SQUARED_L2 -> squaredL2();
            case INNER_PRODUCT ->
                    new Locus(
                            floats(moving(weightedPoints(false), 1)),
                            Similarity.INNER_PRODUCT,
                            1,
                            offsets());
            case COSINE -> {
                double[] sum = weightedPoints(true);
                double length = Math.sqrt(dot(sum, sum));
                yield new Locus(floats(moving(sum, 1)), Similarity.COSINE, length, offsets());
            }
        };
    }

    private Locus squaredL2() {
        double total = 0;
        double magnitude = 0;
        for (int i = 0; i < weights.length; i++) {
            total += factor(i);
            magnitude += Math.abs(factor(i));
        }
        double[] sum = weightedPoints(false);
        if (Math.abs(total) <= TINY * magnitude) {
            return new Locus(
                    floats(moving(sum, 2)),
                    Similarity.INNER_PRODUCT,
                    1,
                    offsetAround(new double[0]));
        }
        if (total < 0) {
            throw new BadInputException(
                    "weight",
                    total,
                    "the weights add up to less than 0: every item far away would fit equally well");
        }
        double[] mean = sum.clone();
        for (int d = 0; d < mean.length; d++) {
            mean[d] /= total;
        }
        return new Locus(floats(mean), Similarity.NEGATIVE_SQUARED_L2, total, offsetAround(mean));
    }

    /// `sum(w offset) - sum(a |p - center|^2)`; an empty center is the origin.
    private double offsetAround(double[] center) {
        double offset = offsets();
        for (int i = 0; i < weights.length; i++) {
            float[] point = loci.get(i).point();
            for (int d = 0; d < point.length; d++) {
                double difference = center.length == 0 ? point[d] : point[d] - center[d];
                offset -= factor(i) * difference * difference;
            }
        }
        return offset;
    }

    private double offsets() {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * loci.get(i).offset();
        }
        return sum;
    }

    private double[] weightedPoints(boolean normalised) {
        double[] sum = new double[loci.getFirst().point().length];
        for (int i = 0; i < weights.length; i++) {
            float[] point = loci.get(i).point();
            double length = normalised ? Math.sqrt(dot(point)) : 1;
            for (int d = 0; d < sum.length && length > 0; d++) {
                sum[d] += factor(i) * point[d] / length;
            }
        }
        return sum;
    }

    private double factor(int i) {
        return weights[i] * loci.get(i).scale();
    }

    private static double[] moving(double[] sum, double times) {
        if (dot(sum, sum) == 0) {
            throw new BadInputException(
                    "weight", 0, "the parts cancel out: every item would fit equally well");
        }
        for (int d = 0; d < sum.length; d++) {
            sum[d] *= times;
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    private static double dot(float[] a) {
        double sum = 0;
        for (float v : a) {
            sum += (double) v * v;
        }
        return sum;
    }

    private static float[] floats(double[] values) {
        float[] result = new float[values.length];
        for (int d = 0; d < values.length; d++) {
            result[d] = (float) values[d];
        }
        return result;
    }
}
