package dev.gimbal.store;

import java.util.Arrays;

/// Which index searches a collection.
public enum Engine {
    /// Every vector is compared, on the device.
    EXACT("exact", Integer.MAX_VALUE),
    /// HNSW graphs inside PostgreSQL, by the extension `vector`.
    PGVECTOR("pgvector", 2000);

    private final String id;
    private final int largestDimension;

    Engine(String id, int largestDimension) {
        this.id = id;
        this.largestDimension = largestDimension;
    }

    /// The name over HTTP, in configuration and in the database.
    public String id() {
        return id;
    }

    /// Refuses vectors that this engine cannot index.
    ///
    /// @throws IllegalArgumentException beyond the longest that it can
    public void requireDimension(int dimension) {
        if (dimension > largestDimension) {
            throw new IllegalArgumentException(
                    "engine '%s' indexes at most %d dimensions, the vectors have %d: use 'exact'"
                            .formatted(id, largestDimension, dimension));
        }
    }

    /// The engine of that name.
    ///
    /// @throws IllegalArgumentException when there is none
    public static Engine of(String id) {
        return Arrays.stream(values())
                .filter(e -> e.id.equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "unknown engine '%s', known are %s"
                                        .formatted(
                                                id,
                                                Arrays.stream(values()).map(Engine::id).toList())));
    }
}
