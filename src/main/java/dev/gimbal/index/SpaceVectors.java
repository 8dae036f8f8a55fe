package dev.gimbal.index;

import ai.djl.Device;
import dev.gimbal.store.Embeddings;
import dev.gimbal.store.Outage;
import dev.gimbal.store.SearchCollection;
import dev.gimbal.store.VectorChanges;
import org.jspecify.annotations.Nullable;

/// One space's newest snapshot: brought up to date before it is read, swapped as a whole, and its
/// native memory freed after its last reader. Thread-safe.
final class SpaceVectors implements AutoCloseable {
    private final IndexSpace space;
    private final Embeddings embeddings;
    private final Device device;
    private final int tolerance;
    private volatile VectorSnapshot current = VectorSnapshot.EMPTY;
    private boolean closed;

    SpaceVectors(IndexSpace space, Embeddings embeddings, Device device, int tolerance) {
        this.space = space;
        this.embeddings = embeddings;
        this.device = device;
        this.tolerance = tolerance;
    }

    /// A snapshot that is at least as new as this state of the collection, for the caller to give
    /// back by [VectorSnapshot#close()]; of a stale state, and during an outage, what is there.
    ///
    /// @return `null` once this is closed
    @Nullable VectorSnapshot retain(SearchCollection collection) {
        while (true) {
            VectorSnapshot snapshot = current;
            if (!holds(snapshot, collection)) {
                snapshot = refresh(collection);
            }
            if (snapshot == null || snapshot.retain()) {
                return snapshot;
            }
        }
    }

    /// How many of the collection's changes are not in the snapshot yet; all of them when it is of
    /// an earlier collection of the name.
    long lag(SearchCollection collection) {
        VectorSnapshot snapshot = current;
        return holds(snapshot, collection)
                ? 0
                : snapshot.collection() == collection.id()
                        ? collection.change() - snapshot.change()
                        : collection.change();
    }

    private synchronized @Nullable VectorSnapshot refresh(SearchCollection collection) {
        VectorSnapshot before = current;
        if (closed || holds(before, collection)) {
            return closed ? null : before;
        }
        VectorSnapshot after;
        try {
            after = before.after(changes(before), device, tolerance);
        } catch (RuntimeException e) {
            if (Outage.is(e) && collection.stale() && before.collection() == collection.id()) {
                return before; // as it was, which the answer says, is better than none
            }
            throw e;
        }
        current = after;
        free(before, after);
        return after;
    }

    private VectorChanges changes(VectorSnapshot before) {
        return embeddings.changes(
                space.collection(),
                space.fingerprint(),
                space.modality(),
                before.collection(),
                before.change());
    }

    /// A collection made anew has another id, and ids only grow.
    private static boolean holds(VectorSnapshot snapshot, SearchCollection collection) {
        return snapshot.collection() > collection.id()
                || snapshot.collection() == collection.id()
                        && snapshot.change() >= collection.change();
    }

    private static void free(VectorSnapshot before, VectorSnapshot after) {
        VectorMatrix matrix = before.matrix();
        if (matrix != null && matrix != after.matrix()) {
            matrix.close();
        }
    }

    /// Frees the native memory once nobody reads it.
    @Override
    public synchronized void close() {
        VectorSnapshot before = current;
        closed = true;
        current = VectorSnapshot.EMPTY;
        free(before, VectorSnapshot.EMPTY);
    }
}
