package dev.gimbal.store;

/// The request is well formed but does not fit what the database holds.
public final class ConflictException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ConflictException(String message) {
        super(message);
    }
}
