package dev.gimbal.index;

import ai.djl.Device;
import dev.gimbal.embedding.NativeMemoryException;
import dev.gimbal.family.Locus;
import dev.gimbal.store.Collections;
import dev.gimbal.store.Embeddings;
import dev.gimbal.store.NotFoundException;
import dev.gimbal.store.SearchCollection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares every vector, on the device, in one matrix product for a batch of points. Its answers
/// are the true nearest items. Thread-safe; owns native memory until closed.
///
/// Filled from PostgreSQL at the first search of a space; before each search the collection's
/// change number is read, and what has changed since is read and applied. During an outage of the
/// database it answers as of what it has read. Memory: each vector once on the device and once on
/// the heap.
public final class ExactIndex implements VectorIndex, AutoCloseable {
    /// So many changed vectors are scanned on the heap before they are worth a new matrix.
    private static final int TOLERANCE = 1024;

    private final Collections collections;
    private final Embeddings embeddings;
    private final Device device;
    private final int tolerance;
    private final Map<IndexSpace, SpaceVectors> spaces = new ConcurrentHashMap<>();

    public ExactIndex(Collections collections, Embeddings embeddings, Device device) {
        this(collections, embeddings, device, TOLERANCE);
    }

    ExactIndex(Collections collections, Embeddings embeddings, Device device, int tolerance) {
        this.collections = collections;
        this.embeddings = embeddings;
        this.device = device;
        this.tolerance = tolerance;
    }

    @Override
    public String engine() {
        return "exact";
    }

    @Override
    public boolean exact() {
        return true;
    }

    @Override
    public List<List<Candidate>> search(
            IndexSpace space, List<Locus> loci, int k, @Nullable Set<UUID> allowed) {
        Points.require(loci, k);
        return read(
                space,
                snapshot -> {
                    requireDimension(space, loci, snapshot);
                    return allowed == null
                            ? new SnapshotSearch(snapshot).search(loci, k)
                            : loci.stream().map(l -> best(snapshot, l, k, allowed)).toList();
                });
    }

    @Override
    public Map<UUID, float[]> vectors(IndexSpace space, Collection<UUID> items) {
        return read(
                space,
                snapshot -> {
                    Map<UUID, float[]> found = HashMap.newHashMap(items.size());
                    for (UUID item : items) {
                        float[] vector = snapshot.vector(item);
                        if (vector != null) {
                            found.put(item, vector);
                        }
                    }
                    return found;
                });
    }

    /// Number of spaces held in memory.
    public int spaces() {
        return spaces.size();
    }

    /// How many changes each space held here has still to read, which its next search does. Spaces
    /// whose collection is gone are freed.
    public Map<IndexSpace, Long> lag() {
        Map<String, SearchCollection> stored =
                collections.list().stream()
                        .collect(Collectors.toMap(SearchCollection::name, Function.identity()));
        forgetIf(space -> !stored.containsKey(space.collection()));
        Map<IndexSpace, Long> lags = new HashMap<>();
        spaces.forEach((space, vectors) -> {
            SearchCollection collection = stored.get(space.collection());
            if (collection != null) {
                lags.put(space, vectors.lag(collection));
            }
        });
        return lags;
    }

    /// Where the matrices are.
    public Device device() {
        return device;
    }

    @Override
    public void close() {
        spaces.values().forEach(SpaceVectors::close);
        spaces.clear();
    }

    private static List<Candidate> best(
            VectorSnapshot snapshot, Locus locus, int k, Set<UUID> allowed) {
        Best best = new Best(k);
        snapshot.score(locus, allowed).forEach(best::offer);
        return best.toList();
    }

    private static void requireDimension(
            IndexSpace space, List<Locus> loci, VectorSnapshot snapshot) {
        if (snapshot.size() > 0) {
            Points.requireDimension(space, loci, snapshot.dimension());
        }
    }

    private <T> T read(IndexSpace space, Function<VectorSnapshot, T> reader) {
        SearchCollection collection = collection(space);
        if (space.fingerprint().equals(collection.model())) {
            forgetOtherModels(space);
        }
        return NativeMemoryException.told(() -> {
            try (VectorSnapshot snapshot = snapshot(space, collection)) {
                return reader.apply(snapshot);
            }
        });
    }

    private VectorSnapshot snapshot(IndexSpace space, SearchCollection collection) {
        while (true) {
            VectorSnapshot snapshot =
                    spaces.computeIfAbsent(
                                    space, s -> new SpaceVectors(s, embeddings, device, tolerance))
                            .retain(collection);
            if (snapshot != null) {
                return snapshot;
            }
        }
    }

    /// Of a deleted collection, what it left is freed.
    private SearchCollection collection(IndexSpace space) {
        try {
            return collections.searched(space.collection());
        } catch (NotFoundException e) {
            forgetIf(s -> s.collection().equals(space.collection()));
            throw e;
        }
    }

    /// Once a collection has moved to a new model, the old one's vectors are not kept in memory.
    private void forgetOtherModels(IndexSpace active) {
        forgetIf(s ->
                s.collection().equals(active.collection())
                        && !s.fingerprint().equals(active.fingerprint()));
    }

    private void forgetIf(Predicate<IndexSpace> condition) {
        spaces.forEach((space, vectors) -> {
            if (condition.test(space) && spaces.remove(space, vectors)) {
                vectors.close();
            }
        });
    }
}
