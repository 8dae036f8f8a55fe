package dev.gimbal.retrieval;

import dev.gimbal.store.Item;
import dev.gimbal.store.ItemChanges;
import dev.gimbal.store.Items;
import dev.gimbal.store.Outage;
import dev.gimbal.store.SearchCollection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// One collection's items as they were after some change. Thread-safe.
final class ItemCopy {
    private final long collection;
    private final Items items;
    private final Map<UUID, Item> held = new ConcurrentHashMap<>();
    private volatile long change = -1;
    private volatile boolean tooLarge;
    private int most;

    /// An empty copy of the collection of that id.
    ItemCopy(long collection, Items items) {
        this.collection = collection;
        this.items = items;
    }

    long collection() {
        return collection;
    }

    int size() {
        return held.size();
    }

    @Nullable Item get(UUID key) {
        return held.get(key);
    }

    /// Becomes at least as new as this state of the collection; during an outage it stays as it is.
    ///
    /// @param place how many items may be held
    /// @return false when there are more, and so none are held
    boolean follow(SearchCollection now, ToIntFunction<ItemCopy> place) {
        if (!tooLarge && change < now.change()) {
            try {
                read(now, place);
            } catch (RuntimeException e) {
                if (!Outage.is(e) || change < 0) {
                    throw e;
                }
            }
        }
        return !tooLarge;
    }

    private synchronized void read(SearchCollection now, ToIntFunction<ItemCopy> place) {
        if (tooLarge || change >= now.change()) {
            return;
        }
        if (change < 0) {
            most = place.applyAsInt(this);
            if (items.count(now.name()) > most) {
                tooLarge = true;
                return;
            }
        }
        ItemChanges changes = items.changes(now.name(), change < 0 ? 0 : collection, change);
        if (changes.anew()) {
            held.clear();
        }
        changes.removed().forEach(held::remove);
        changes.written().forEach(item -> held.put(item.key(), item));
        change = changes.change();
        if (held.size() > most) {
            most = place.applyAsInt(this);
            tooLarge = held.size() > most;
        }
        if (tooLarge) {
            held.clear();
        }
    }
}
