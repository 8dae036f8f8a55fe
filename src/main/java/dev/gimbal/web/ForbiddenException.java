package dev.gimbal.web;

/// The key is good, but not for this.
final class ForbiddenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String field;
    private final String value;

    ForbiddenException(String field, String value, String message) {
        super(message);
        this.field = field;
        this.value = value;
    }

    String field() {
        return field;
    }

    String value() {
        return value;
    }
}
