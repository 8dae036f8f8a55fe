package dev.gimbal.embedding;

/// The queue into a model is full; the caller should come back later.
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OverloadedException(int capacity) {
        super("all " + capacity + " places in the model's queue are taken; try again later");
    }
}
