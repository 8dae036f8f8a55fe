package dev.gimbal.web;

/// A key has used up its share for now.
final class TooManyRequestsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long seconds;

    /// @param seconds after which the request would be taken
    TooManyRequestsException(long seconds) {
        super("this key has used up its requests; try again in " + seconds + " s");
        this.seconds = seconds;
    }

    long seconds() {
        return seconds;
    }
}
