package dev.gimbal.web;

/// Something that a request names and that does not exist.
final class NotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String field;
    private final String value;

    NotFoundException(String field, String value) {
        super("there is no " + field + " '" + value + "'");
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
