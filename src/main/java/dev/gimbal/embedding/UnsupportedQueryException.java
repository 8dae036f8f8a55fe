package dev.gimbal.embedding;

/// Placeholder until the real one is merged.
public class UnsupportedQueryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnsupportedQueryException(String message) {
        super(message);
    }
}
