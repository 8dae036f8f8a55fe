package dev.gimbal.family;

/// Which way a paired model leads; both ways share the embedders, and each has heads of its own.
public enum Direction {
    /// From the first modality to the second.
    FORWARD(""),
    /// From the second to the first.
    BACKWARD("backward.");

    private final String prefix;

    Direction(String prefix) {
        this.prefix = prefix;
    }

    /// The name of this direction's own network or array.
    public String role(String name) {
        return prefix + name;
    }
}
