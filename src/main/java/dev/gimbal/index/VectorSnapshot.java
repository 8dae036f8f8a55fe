package dev.gimbal.index;

import ai.djl.Device;
import dev.gimbal.family.Locus;
import dev.gimbal.store.VectorChanges;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The vectors of one space as they were after one change. Immutable; the next one shares the
/// matrix unless too much has changed.
///
/// Most vectors are rows of a matrix on the device; the few written since lie in a tail on the
/// heap, and rows overwritten or deleted are marked as dead. Each vector is on the heap too, since
/// the top hits are scored again from the numbers that were given.
///
/// @param collection id of the collection, 0 before anything was read
/// @param change number of the last change that is in it
/// @param rowOf row of each key in the matrix, dead or not
record VectorSnapshot(
        long collection,
        long change,
        @Nullable VectorMatrix matrix,
        List<VectorChanges.Written> rows,
        Map<UUID, Integer> rowOf,
        BitSet dead,
        Map<UUID, float[]> tail)
        implements AutoCloseable {

    static final VectorSnapshot EMPTY =
            new VectorSnapshot(0, 0, null, List.of(), Map.of(), new BitSet(), Map.of());

    /// Keeps the native memory until the matching [#close()].
    ///
    /// @return false when it is gone already
    boolean retain() {
        return matrix == null || matrix.retain();
    }

    @Override
    public void close() {
        if (matrix != null) {
            matrix.close();
        }
    }

    /// Number of vectors.
    int size() {
        return rows.size() - dead.cardinality() + tail.size();
    }

    /// The vectors' length, 0 when there are none.
    int dimension() {
        return matrix != null
                ? matrix.dimension()
                : tail.values().stream().findFirst().map(v -> v.length).orElse(0);
    }

    /// The item's vector.
    float @Nullable [] vector(UUID item) {
        float[] late = tail.get(item);
        Integer row = rowOf.get(item);
        return late != null ? late : row == null || dead.get(row) ? null : rows.get(row).vector();
    }

    /// Scores every vector and keeps the best: exact, whatever the numbers are.
    void scan(Locus locus, Consumer<Candidate> consumer) {
        for (int row = dead.nextClearBit(0); row < rows.size(); row = dead.nextClearBit(row + 1)) {
            consumer.accept(candidate(row, locus));
        }
        scanTail(locus, consumer);
    }

    /// Scores the vectors that are not in the matrix.
    void scanTail(Locus locus, Consumer<Candidate> consumer) {
        tail.forEach((item, vector) -> consumer.accept(new Candidate(item, locus.score(vector))));
    }

    /// The matrix row as a candidate.
    Candidate candidate(int row, Locus locus) {
        VectorChanges.Written written = rows.get(row);
        return new Candidate(written.item(), locus.score(written.vector()));
    }

    /// The snapshot after these changes.
    ///
    /// @param tolerance how many changed vectors are worth a new matrix, at the least
    VectorSnapshot after(VectorChanges changes, Device device, int tolerance) {
        VectorSnapshot base = changes.anew() ? EMPTY : this;
        BitSet nowDead = (BitSet) base.dead.clone();
        Map<UUID, float[]> nowTail = new HashMap<>(base.tail);
        changes.removed().forEach(item -> base.bury(item, nowDead, nowTail));
        for (VectorChanges.Written written : changes.written()) {
            base.bury(written.item(), nowDead, nowTail);
            nowTail.put(written.item(), written.vector());
        }
        VectorSnapshot next =
                new VectorSnapshot(
                        changes.collection(),
                        changes.change(),
                        base.matrix,
                        base.rows,
                        base.rowOf,
                        nowDead,
                        nowTail);
        int changed = nowTail.size() + nowDead.cardinality();
        return changed > Math.max(tolerance, base.rows.size() / 4) ? next.compacted(device) : next;
    }

    private void bury(UUID item, BitSet nowDead, Map<UUID, float[]> nowTail) {
        nowTail.remove(item);
        Integer row = rowOf.get(item);
        if (row != null) {
            nowDead.set(row);
        }
    }

    /// The same vectors, all in a matrix of their own.
    private VectorSnapshot compacted(Device device) {
        List<VectorChanges.Written> live = new ArrayList<>(size());
        for (int row = dead.nextClearBit(0); row < rows.size(); row = dead.nextClearBit(row + 1)) {
            live.add(rows.get(row));
        }
        tail.forEach((item, vector) -> live.add(new VectorChanges.Written(item, vector)));
        if (live.isEmpty()) {
            return new VectorSnapshot(
                    collection, change, null, List.of(), Map.of(), new BitSet(), Map.of());
        }
        Map<UUID, Integer> positions = HashMap.newHashMap(live.size());
        for (int row = 0; row < live.size(); row++) {
            positions.put(live.get(row).item(), row);
        }
        VectorMatrix product =
                new VectorMatrix(device, live.stream().map(VectorChanges.Written::vector).toList());
        return new VectorSnapshot(
                collection, change, product, live, positions, new BitSet(), Map.of());
    }

    /// The given items that have a vector, scored.
    List<Candidate> score(Locus locus, Collection<UUID> items) {
        List<Candidate> scored = new ArrayList<>(items.size());
        for (UUID item : items) {
            float[] vector = vector(item);
            if (vector != null) {
                scored.add(new Candidate(item, locus.score(vector)));
            }
        }
        return scored;
    }
}
