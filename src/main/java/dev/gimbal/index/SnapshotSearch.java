package dev.gimbal.index;

import dev.gimbal.family.Locus;
import dev.gimbal.family.Similarity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Exact search of one snapshot: the matrix product proposes, the difference form decides, and an
/// error bound proves that nothing better was left out. Where it cannot, every vector is scored.
///
/// @param snapshot whose matrix the caller retains
record SnapshotSearch(VectorSnapshot snapshot) {
    /// Most numbers of one matrix product's result: 64 MiB.
    private static final int LARGEST_PRODUCT = 1 << 24;

    /// The best `k` for each locus.
    List<List<Candidate>> search(List<Locus> loci, int k) {
        int wanted = Math.min(k, snapshot.size());
        int proposals = proposals(wanted);
        VectorMatrix matrix = snapshot.matrix();
        if (wanted == 0) {
            return loci.stream().map(_ -> List.<Candidate>of()).toList();
        }
        if (matrix == null || proposals >= snapshot.rows().size()) {
            return loci.stream().map(locus -> scan(locus, wanted)).toList();
        }
        List<List<Candidate>> answers =
                new ArrayList<>(Collections.nCopies(loci.size(), List.of()));
        bySimilarity(loci)
                .forEach((similarity, positions) -> {
                    for (List<Integer> batch : batches(positions)) {
                        List<VectorMatrix.Nearest> nearest =
                                matrix.nearest(
                                        batch.stream().map(i -> loci.get(i).point()).toList(),
                                        similarity,
                                        proposals);
                        for (int i = 0; i < batch.size(); i++) {
                            Locus locus = loci.get(batch.get(i));
                            answers.set(
                                    batch.get(i), decide(matrix, locus, nearest.get(i), wanted));
                        }
                    }
                });
        return answers;
    }

    /// Scores the proposals, and everything when something better may have been left out.
    private List<Candidate> decide(
            VectorMatrix matrix, Locus locus, VectorMatrix.Nearest nearest, int wanted) {
        Best best = new Best(wanted);
        snapshot.scanTail(locus, best::offer);
        for (long row : nearest.rows()) {
            if (!snapshot.dead().get((int) row)) {
                best.offer(snapshot.candidate((int) row, locus));
            }
        }
        boolean proven = best.full() && unseen(matrix, locus, nearest) < best.threshold();
        return proven ? best.toList() : scan(locus, wanted);
    }

    /// The most that a row which was not proposed can score; NaN when float32 has overflowed.
    private static double unseen(VectorMatrix matrix, Locus locus, VectorMatrix.Nearest nearest) {
        Similarity similarity = locus.similarity();
        double last = nearest.values()[nearest.values().length - 1];
        double most =
                last
                        + matrix.spread().constant(locus.point(), similarity)
                        + matrix.spread().error(locus.point(), similarity);
        double score = locus.scale() * most + locus.offset();
        return score + 4 * Math.ulp(score);
    }

    private List<Candidate> scan(Locus locus, int wanted) {
        Best best = new Best(wanted);
        snapshot.scan(locus, best::offer);
        return best.toList();
    }

    /// More than is wanted, so that the bound has a gap to fall into.
    private int proposals(int wanted) {
        long more = Math.max(4L * wanted, wanted + 64L) + snapshot.dead().cardinality();
        return (int) Math.min(more, snapshot.rows().size());
    }

    private List<List<Integer>> batches(List<Integer> positions) {
        int most = Math.max(1, LARGEST_PRODUCT / Math.max(1, snapshot.rows().size()));
        List<List<Integer>> batches = new ArrayList<>();
        for (int from = 0; from < positions.size(); from += most) {
            batches.add(positions.subList(from, Math.min(from + most, positions.size())));
        }
        return batches;
    }

    private static Map<Similarity, List<Integer>> bySimilarity(List<Locus> loci) {
        Map<Similarity, List<Integer>> positions = new EnumMap<>(Similarity.class);
        for (int i = 0; i < loci.size(); i++) {
            positions.computeIfAbsent(loci.get(i).similarity(), _ -> new ArrayList<>()).add(i);
        }
        return positions;
    }
}
