package dev.gimbal.retrieval;

import dev.gimbal.store.Item;
import dev.gimbal.store.ItemChanges;
import dev.gimbal.store.Items;
import dev.gimbal.store.Outage;
import dev.gimbal.store.SearchCollection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One collection's items as they were after some change, or none of them, while there are more
/// than may be held. Thread-safe.
final class ItemCopy {
    /// Where a copy takes a place for each item.
    interface Places {

        /// How many the copy may take, those that it has included.
        int free(ItemCopy asking);

        /// Takes so many in all, or gives some back.
        ///
        /// @return false when there are not so many; then it keeps what it had
        boolean take(ItemCopy asking, int count);
    }

    /// A refusal, as long as it stands.
    ///
    /// @param change number of the collection's last write then
    /// @param count of items for which there were no places
    private record Refusal(long change, long count) {

        /// A write deletes one item at the most, so that fewer may be left after that many.
        boolean stands(long now, int free) {
            return count - (now - change) > free;
        }
    }

    private final long collection;
    private final Items items;
    private final Map<UUID, Item> held = new ConcurrentHashMap<>();
    private volatile long change = -1;
    private volatile @Nullable Refusal refusal;
    private volatile int taken;

    /// An empty copy of the collection of that id.
    ItemCopy(long collection, Items items) {
        this.collection = collection;
        this.items = items;
    }

    long collection() {
        return collection;
    }

    /// Places taken.
    int taken() {
        return taken;
    }

    /// Sets how many places are taken; for [Places] alone.
    void taken(int count) {
        taken = count;
    }

    @Nullable Item get(UUID key) {
        return held.get(key);
    }

    /// Becomes at least as new as this state of the collection; it stays as it is during an outage
    /// in which that state was not read from the database either.
    ///
    /// @return false when there are more items than places, and so none are held
    boolean follow(SearchCollection now, Places places) {
        Refusal refused = refusal;
        boolean behind =
                refused == null
                        ? change < now.change()
                        : !refused.stands(now.change(), places.free(this));
        if (behind) {
            try {
                read(now, places);
            } catch (RuntimeException e) {
                if (!Outage.is(e) || !now.stale() || change < 0) {
                    throw e;
                }
            }
        }
        return refusal == null;
    }

    private synchronized void read(SearchCollection now, Places places) {
        Refusal refused = refusal;
        if (refused == null
                ? change >= now.change()
                : refused.stands(now.change(), places.free(this))) {
            return;
        }
        if (change < 0) {
            long count = items.count(now.name());
            if (count > places.free(this)) {
                refuse(now.change(), count, places);
                return;
            }
        }
        ItemChanges changes = items.changes(now.name(), change < 0 ? 0 : collection, change);
        if (changes.anew()) {
            held.clear();
        }
        changes.removed().forEach(held::remove);
        changes.written().forEach(item -> held.put(item.key(), item));
        if (places.take(this, held.size())) {
            change = changes.change();
            refusal = null;
        } else {
            refuse(changes.change(), held.size(), places);
        }
    }

    private void refuse(long at, long count, Places places) {
        refusal = new Refusal(at, count);
        change = -1;
        held.clear();
        places.take(this, 0);
    }
}
