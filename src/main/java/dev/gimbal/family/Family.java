package dev.gimbal.family;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.gimbal.network.Parameters;
import java.util.Arrays;
import java.util.function.BiFunction;

/// The registry of model families: one line each. It drives configuration, REST, the manifest and
/// help.
public enum Family {
    COS_SIM("cos-sim", CosSim::new),
    COS_SIM_LVM("cos-sim-lvm", CosSimLvm::new),
    RIVAE("rivae", Rivae::new),
    DMVAE("dmvae", Dmvae::new),
    MVAE("mvae", Mvae::new),
    MMVAE("mmvae", Mmvae::new),
    MOPOE("mopoe", MoPoe::new);

    private final String id;
    private final BiFunction<Architecture, Parameters, CrossModalModel> constructor;

    Family(String id, BiFunction<Architecture, Parameters, CrossModalModel> constructor) {
        this.id = id;
        this.constructor = constructor;
    }

    /// The name on the command line and over HTTP.
    @JsonValue
    public String id() {
        return id;
    }

    /// A model of this family; it takes ownership of `parameters`.
    public CrossModalModel build(Architecture architecture, Parameters parameters) {
        return constructor.apply(architecture, parameters);
    }

    /// The family of that name.
    ///
    /// @throws IllegalArgumentException when there is none
    @JsonCreator
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
