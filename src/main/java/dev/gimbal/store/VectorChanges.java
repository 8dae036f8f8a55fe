package dev.gimbal.store;

import java.util.List;
import java.util.UUID;

/// What an index has to apply to be as the database was at one moment.
///
/// @param collection id of the collection read
/// @param change number up to which this tells everything
/// @param anew whether to start from nothing: what was held before is of another collection, or too
///   old for the tombstones that are left
/// @param written vectors to set, by item
/// @param removed items to drop; some may not have been there
public record VectorChanges(
        long collection, long change, boolean anew, List<Written> written, List<UUID> removed) {

    /// One vector, not to be written to.
    public record Written(UUID item, float[] vector) {}

    public VectorChanges {
        written = List.copyOf(written);
        removed = List.copyOf(removed);
    }
}
