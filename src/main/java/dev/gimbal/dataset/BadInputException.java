package dev.gimbal.dataset;

/// Something that came from outside cannot be used: says which field (or file), its value, and why.
public final class BadInputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String field;
    private final String value;
    private final String reason;

    /// @param field where it came from, such as `image` or `x1 file`
    /// @param value the offending value, in short
    /// @param reason what is wrong with it, readable after the two
    public BadInputException(String field, Object value, String reason) {
        super(field + " (" + value + "): " + reason);
        this.field = field;
        this.value = String.valueOf(value);
        this.reason = reason;
    }

    public String field() {
        return field;
    }

    public String value() {
        return value;
    }

    public String reason() {
        return reason;
    }
}
