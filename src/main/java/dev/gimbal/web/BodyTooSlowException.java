package dev.gimbal.web;

/// A body that took too long to arrive.
final class BodyTooSlowException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BodyTooSlowException() {
        super("the body took too long to arrive");
    }
}
