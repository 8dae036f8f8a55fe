package dev.gimbal.web;

/// The service was to be reachable for others, but nobody could be told from anybody.
public final class KeysMissingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    KeysMissingException(String reason) {
        super(
                "the service does not start: "
                        + reason
                        + ", and there is no API key to ask for, nor an issuer of tokens");
    }
}
