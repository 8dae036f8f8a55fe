package dev.gimbal.family;

/// A model was asked to draw, but its family does not.
public final class UnsupportedGenerationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /// Says whose model it is.
    public UnsupportedGenerationException(Family family) {
        super("a model of family %s draws nothing".formatted(family.id()));
    }
}
