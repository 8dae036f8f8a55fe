package dev.gimbal.training;

/// Training can't go on; the last good checkpoint stays.
public final class TrainingFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TrainingFailedException(String message) {
        super(message);
    }
}
