package dev.gimbal.retrieval;

/// A query made for another model than the one whose vectors the collection is searched by.
public final class ModelMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String asked;

    /// @param asked fingerprint of the query's model
    public ModelMismatchException(String asked, String message) {
        super(message);
        this.asked = asked;
    }

    /// The fingerprint that the query named.
    public String asked() {
        return asked;
    }
}
