package dev.gimbal.store;

/// What was named does not exist.
public final class NotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String kind;
    private final String name;

    /// @param kind of thing, such as `model`
    /// @param name by which it was asked for
    public NotFoundException(String kind, Object name) {
        super("no " + kind + " '" + name + "'");
        this.kind = kind;
        this.name = name.toString();
    }

    /// Which kind of thing.
    public String kind() {
        return kind;
    }

    /// By which name it was asked for.
    public String name() {
        return name;
    }
}
