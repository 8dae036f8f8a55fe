package dev.gimbal.web;

import org.springframework.util.unit.DataSize;

/// A body that went beyond its limit while it was read.
final class BodyTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BodyTooLargeException(DataSize limit) {
        super("the body is larger than " + limit.toBytes() + " bytes");
    }
}
