package dev.gimbal.bundle;

/// A bundle that is damaged, truncated, foreign or of a later format; the message says which and
/// why.
public final class BundleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BundleException(String message) {
        super(message);
    }

    public BundleException(String message, Throwable cause) {
        super(message, cause);
    }
}
