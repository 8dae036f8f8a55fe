package dev.gimbal.dataset;

/// Input from outside that is not valid: which field, and what stood there.
public class BadInputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
    private final String field;
    private final String value;

    public BadInputException(String field, Object value, String message) {
        super(message);
        this.field = field;
        this.value = String.valueOf(value);
    }

    public String field() {
        return field;
    }

    public String value() {
        return value;
    }
}
