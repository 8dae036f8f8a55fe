package dev.gimbal.objective;

import ai.djl.ndarray.NDArray;

/// What a classifier minimises: the mean of `-log softmax(logits)[label]`, in nats an example.
public final class CrossEntropy {
    private CrossEntropy() {}

    /// A scalar.
    ///
    /// @param logits `[batch, classes]`
    /// @param labels `[batch, classes]`, each row 1 at its class and 0 elsewhere
    public static NDArray of(NDArray logits, NDArray labels) {
        return logits.logSoftmax(1).mul(labels).sum(new int[] {1}).mean().neg();
    }
}
