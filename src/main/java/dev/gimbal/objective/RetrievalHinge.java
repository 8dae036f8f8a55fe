package dev.gimbal.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import dev.gimbal.distribution.Constant;
import java.util.random.RandomGenerator;

/// The cross-modal retrieval loss, Eq. 10 of Kim et al. 2020: `(margin + score(mismatch) -
/// score(match))_+`, averaged over the queries of a batch.
///
/// @param margin in the unit of the scores; 1 nat in the paper
/// @param negatives which mismatches of the batch a query is held against
public record RetrievalHinge(double margin, Negatives negatives) {

    /// The choice of mismatches within a batch.
    public enum Negatives {
        /// The best scored mismatch.
        HARDEST,
        /// Every mismatch, averaged.
        ALL,
        /// One mismatch at random.
        RANDOM,
        /// All of them in a smooth hinge, `margin * log sum_j exp((score_j - score(match)) /
        /// margin)`: the margin is a temperature (InfoNCE, van den Oord et al. 2018). What few
        /// mismatches turn on still pulls, without the folds that the hardest one alone makes.
        SOFTMAX
    }

    private static final float EXCLUDED = 1e30f;

    /// The scalar loss.
    ///
    /// @param scores `[batch, batch]`: row i holds query i against every item; item i is its match
    /// @param random decides the shift of `RANDOM` negatives
    public NDArray of(NDArray scores, RandomGenerator random) {
        int batch = Math.toIntExact(scores.getShape().get(0));
        if (batch < 2) {
            throw new IllegalArgumentException("a batch of " + batch + " has no mismatch");
        }
        NDArray eye = scores.getManager().eye(batch);
        if (negatives == Negatives.SOFTMAX) {
            NDArray shares = Constant.times(1 / margin, scores).logSoftmax(1);
            return Constant.times(-margin / batch, shares.mul(eye).sum());
        }
        NDArray match = scores.mul(eye).sum(new int[] {1}, true);
        NDArray mismatch =
                switch (negatives) {
                    case HARDEST -> scores.sub(eye.mul(EXCLUDED)).max(new int[] {1}, true);
                    case ALL, SOFTMAX -> scores;
                    case RANDOM -> scores.mul(shifted(scores, random)).sum(new int[] {1}, true);
                };
        NDArray hinge = Activation.relu(mismatch.sub(match).add(margin));
        return negatives == Negatives.ALL
                ? Constant.times(
                        1.0 / ((long) batch * (batch - 1)), hinge.mul(eye.mul(-1f).add(1f)).sum())
                : hinge.mean();
    }

    /// A permutation matrix without fixed points, so that each query meets one mismatch.
    private static NDArray shifted(NDArray scores, RandomGenerator random) {
        int batch = Math.toIntExact(scores.getShape().get(0));
        int shift = 1 + random.nextInt(batch - 1);
        float[] matrix = new float[batch * batch];
        for (int i = 0; i < batch; i++) {
            matrix[i * batch + (i + shift) % batch] = 1;
        }
        return scores.getManager()
                .create(matrix, scores.getShape())
                .toType(DataType.FLOAT32, false);
    }
}
