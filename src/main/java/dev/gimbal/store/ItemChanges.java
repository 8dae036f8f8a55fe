package dev.gimbal.store;

import java.util.List;
import java.util.UUID;

/// What a copy of a collection's items has to apply to be as the database was at one moment.
///
/// @param collection id of the collection read
/// @param change number up to which this tells everything
/// @param anew whether to start from nothing
/// @param written items to set
/// @param removed keys of items to drop; some may not have been there
public record ItemChanges(
        long collection, long change, boolean anew, List<Item> written, List<UUID> removed) {
    public ItemChanges {
        written = List.copyOf(written);
        removed = List.copyOf(removed);
    }
}
