package dev.gimbal.index;

import dev.gimbal.family.Locus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Searches vectors by any of the three similarities. Thread-safe.
public interface VectorIndex {

    /// Its name, such as `exact`.
    String engine();

    /// Whether its answers are the true nearest items, always.
    boolean exact();

    /// The best items for each locus, best first, ties by item key.
    ///
    /// @param k most items for each locus, at least 1; fewer come back when there are fewer
    /// @param allowed only these items, `null` for all
    /// @return one list for each locus, in their order
    /// @throws IllegalArgumentException when a point is not finite or its length is not that of the
    ///   vectors
    /// @throws dev.gimbal.store.NotFoundException for an unknown collection
    List<List<Candidate>> search(
            IndexSpace space, List<Locus> loci, int k, @Nullable Set<UUID> allowed);

    /// The best items for each locus, of all items.
    default List<List<Candidate>> search(IndexSpace space, List<Locus> loci, int k) {
        return search(space, loci, k, null);
    }

    /// The best items for one locus, of all items.
    default List<Candidate> search(IndexSpace space, Locus locus, int k) {
        return search(space, List.of(locus), k).getFirst();
    }

    /// The vectors of given items, not to be changed; items without one are absent.
    Map<UUID, float[]> vectors(IndexSpace space, Collection<UUID> items);
}
