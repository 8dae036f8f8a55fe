package dev.gimbal.store;

/// What was named does not exist; the message says which kind of thing and its name.
public final class NotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotFoundException(String kind, Object name) {
        super("no " + kind + " '" + name + "'");
    }
}
