package dev.gimbal.index;

import dev.gimbal.embedding.DeviceChoice;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How indexes search.
///
/// @param device where the exact index keeps its matrices: `auto` takes a GPU when there is one
/// @param efSearch how many candidates an HNSW search keeps, raised to `k` where that is more; 200
///   finds at least 98 of 100 true neighbours on data of ordinary shape
/// @param heldItems how many items (ids and attributes, about 1 kB each) of collections of the
///   engine `exact` are held in memory, so that those collections answer without the database
@ConfigurationProperties("gimbal.index")
public record IndexSettings(
        @DefaultValue("AUTO") DeviceChoice device,
        @DefaultValue("200") int efSearch,
        @DefaultValue("100000") int heldItems) {
    public IndexSettings {
        if (efSearch < 1 || efSearch > PgvectorIndex.LARGEST_EF) {
            throw new IllegalArgumentException(
                    "gimbal.index.ef-search must be 1 to %d: %d"
                            .formatted(PgvectorIndex.LARGEST_EF, efSearch));
        }
    }
}
