package dev.gimbal.web;

import dev.gimbal.store.SearchCollection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A collection over HTTP.
///
/// @param version number of its last write
record CollectionResponse(
        String name,
        List<String> modalities,
        @Nullable String model,
        String engine,
        long items,
        long version,
        Instant created) {

    static CollectionResponse of(SearchCollection collection, long items) {
        return new CollectionResponse(
                collection.name(),
                collection.modalities(),
                collection.model(),
                collection.engine().id(),
                items,
                collection.change(),
                collection.created());
    }
}
