package dev.gimbal.embedding;

/// All places are taken, in the queue into a model or before it; the caller should come back later.
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OverloadedException(int capacity) {
        super("all " + capacity + " places are taken; try again later");
    }
}
