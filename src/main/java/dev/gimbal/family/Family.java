package dev.gimbal.family;

import java.util.Arrays;

/// The registry of model families: one line each. It drives configuration, REST, the manifest and
/// help.
public enum Family {
    COS_SIM("cos-sim"),
    COS_SIM_LVM("cos-sim-lvm"),
    RIVAE("rivae");

    private final String id;

    Family(String id) {
        this.id = id;
    }

    /// The name on the command line and over HTTP.
    public String id() {
        return id;
    }

    /// The family of that name.
    ///
    /// @throws IllegalArgumentException when there is none
    public static Family of(String id) {
        return Arrays.stream(values())
                .filter(f -> f.id.equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "unknown family '"
                                        + id
                                        + "', known are "
                                        + Arrays.stream(values()).map(Family::id).toList()));
    }
}
