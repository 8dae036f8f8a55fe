package dev.gimbal.web;

/// A caller has used up their share for now.
final class TooManyRequestsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long seconds;

    /// @param seconds after which the request would be taken
    TooManyRequestsException(long seconds) {
        super("this caller has used up their requests; try again in " + seconds + " s");
        this.seconds = seconds;
    }

    long seconds() {
        return seconds;
    }
}
