package dev.gimbal.retrieval;

import dev.gimbal.index.IndexSettings;
import dev.gimbal.store.Collections;
import dev.gimbal.store.Engine;
import dev.gimbal.store.Item;
import dev.gimbal.store.Items;
import dev.gimbal.store.SearchCollection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The items of the hits. Those of a collection that is searched in memory are held in memory too,
/// kept in step as its index is, so that its queries are answered while the database is out of
/// reach; up to [IndexSettings#heldItems()] in all, beyond which a collection's are read from the
/// database each time. Thread-safe.
@Component
public final class HeldItems implements ItemCopy.Places {
    private final Items items;
    private final Collections collections;
    private final int most;
    private final Map<String, ItemCopy> copies = new ConcurrentHashMap<>();

    public HeldItems(Items items, Collections collections, IndexSettings settings) {
        this.items = items;
        this.collections = collections;
        this.most = settings.heldItems();
    }

    /// The items of these keys, at least as new as this state of the collection; unknown ones are
    /// absent.
    public Map<UUID, Item> fetch(SearchCollection collection, List<UUID> keys) {
        ItemCopy copy = copy(collection);
        List<Item> found =
                copy == null
                        ? items.fetch(collection.name(), keys)
                        : keys.stream().map(copy::get).filter(Objects::nonNull).toList();
        if (copy != null && found.size() < keys.size() && !collection.stale()) {
            // the index may have read a later write, and may not have read a later delete
            found = items.fetch(collection.name(), keys);
        }
        return found.stream().collect(Collectors.toMap(Item::key, item -> item));
    }

    /// @return `null` for a collection whose items are not held
    private @Nullable ItemCopy copy(SearchCollection collection) {
        if (collection.engine() != Engine.EXACT) {
            return null;
        }
        ItemCopy copy =
                copies.compute(
                        collection.name(),
                        (_, before) ->
                                before != null && before.collection() == collection.id()
                                        ? before
                                        : new ItemCopy(collection.id(), items));
        return copy.follow(collection, this) ? copy : null;
    }

    /// Frees what is held of collections that are gone.
    public void forgetGone() {
        Set<Long> there =
                collections.list().stream().map(SearchCollection::id).collect(Collectors.toSet());
        copies.values().removeIf(copy -> !there.contains(copy.collection()));
    }

    /// How many items are held.
    int size() {
        return copies.values().stream().mapToInt(ItemCopy::taken).sum();
    }

    @Override
    public int free(ItemCopy asking) {
        return most
                - copies.values().stream()
                        .filter(copy -> copy != asking)
                        .mapToInt(ItemCopy::taken)
                        .sum();
    }

    @Override
    public synchronized boolean take(ItemCopy asking, int count) {
        boolean enough = count <= free(asking);
        if (enough) {
            asking.taken(count);
        }
        return enough;
    }
}
