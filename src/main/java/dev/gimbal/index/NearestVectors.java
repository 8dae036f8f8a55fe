package dev.gimbal.index;

import dev.gimbal.embedding.DeviceChoice;
import dev.gimbal.embedding.NativeMemoryException;
import dev.gimbal.family.Locus;
import dev.gimbal.store.VectorChanges;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// Which of a fixed set of vectors lies nearest to a point: the search of [ExactIndex] without a
/// store, for measurements that ask many thousand points. Owns native memory until closed.
public final class NearestVectors implements AutoCloseable {
    private final VectorSnapshot snapshot;

    /// @param vectors `[position][dimension]`, not to be written to; at least one
    /// @param device where they are compared
    public NearestVectors(float[][] vectors, DeviceChoice device) {
        List<VectorChanges.Written> written =
                IntStream.range(0, vectors.length)
                        .mapToObj(i -> new VectorChanges.Written(new UUID(0, i), vectors[i]))
                        .toList();
        snapshot =
                VectorSnapshot.EMPTY.after(
                        new VectorChanges(0, 0, true, written, List.of()), device.resolve(), 0);
    }

    /// Position of the vector nearest to each point, exactly; the first of equally near ones.
    ///
    /// @throws IllegalArgumentException when a point cannot be compared with any
    public int[] nearest(List<Locus> loci) {
        return NativeMemoryException.told(() -> {
            List<List<Candidate>> found = new SnapshotSearch(snapshot).search(loci, 1);
            return IntStream.range(0, loci.size())
                    .map(i -> position(found.get(i).getFirst(), loci.get(i)))
                    .toArray();
        });
    }

    private static int position(Candidate found, Locus locus) {
        if (Double.isNaN(found.score())) {
            throw new IllegalArgumentException(
                    "no item can be compared with the point " + Arrays.toString(locus.point()));
        }
        return (int) found.item().getLeastSignificantBits();
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
