package dev.gimbal.traversal;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.family.Locus;
import dev.gimbal.index.Candidate;
import dev.gimbal.index.VectorIndex;
import dev.gimbal.retrieval.Anchor;
import dev.gimbal.retrieval.Course;
import dev.gimbal.retrieval.Hit;
import dev.gimbal.retrieval.Query;
import dev.gimbal.retrieval.Retriever;
import dev.gimbal.retrieval.Stopwatch;
import dev.gimbal.store.SearchCollection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Latent traversal (Sec. 2 of Kim et al. 2020): from the query's z, one factor at a time runs
/// through its range while the others stay, and each point retrieves.
@Component
public final class LatentTraversal {
    /// How deep the ranking at rest is looked at, to tell where a hit has come from.
    private static final int REST_DEPTH = 100;

    private final Retriever retriever;

    public LatentTraversal(Retriever retriever) {
        this.retriever = retriever;
    }

    /// A hit of a moved query.
    ///
    /// @param rankAtRest its rank before the traversal moves a factor; `null` beyond the depth
    ///   looked at
    /// @param rankChange by how many places it rose; `null` likewise
    public record MovedHit(Hit hit, @Nullable Integer rankAtRest, @Nullable Integer rankChange) {}

    /// One value of a factor.
    ///
    /// @param deviations from the aggregated mean, in aggregated deviations; of combined factors
    ///   before their weights
    /// @param z the factor's value; of combined factors the same as `deviations`
    public record Step(double deviations, double z, List<MovedHit> hits) {}

    /// One knob's steps.
    ///
    /// @param factor its position; `null` for several factors combined
    public record Column(@Nullable Integer factor, String name, List<Step> steps) {}

    /// The whole traversal.
    ///
    /// @param z the query's, or where offsets have brought it: from there each column departs
    /// @param rest the hits there, before the traversal moves a factor
    public record Result(
            Course course,
            String engine,
            boolean exact,
            float[] z,
            List<Hit> rest,
            List<Column> columns) {}

    /// Traverses.
    ///
    /// @param offsets knobs that are turned before, in aggregated deviations; empty for none
    /// @throws BadInputException for an unknown factor, too many points, or a query without a z
    public Result run(
            SearchCollection collection,
            Query query,
            Map<String, Double> offsets,
            Sweep sweep,
            Stopwatch watch) {
        Course course = retriever.plot(collection, query, watch);
        Anchor.Latent anchor = course.anchor().steerable();
        float[] z = Manipulation.moved(anchor, offsets);
        List<Knob> knobs = Knob.of(anchor, sweep);
        Extent.require(knobs.size() * sweep.steps(), query.k(), "factors times steps");
        List<Knob.Position> positions =
                knobs.stream().flatMap(knob -> knob.positions(z, anchor, sweep).stream()).toList();
        List<Locus> loci =
                anchor.locator().locate(positions.stream().map(Knob.Position::point).toList());
        List<List<Candidate>> found =
                retriever.search(course, loci, query.k(), query.exact(), watch);
        int depth = Math.max(query.k(), REST_DEPTH);
        List<Candidate> rest =
                retriever
                        .search(course, List.of(anchor.locus(z)), depth, query.exact(), watch)
                        .getFirst();
        Map<UUID, Integer> ranks = ranks(rest);
        List<List<Hit>> hits = retriever.hits(course, found, query.scoreThreshold(), watch);
        VectorIndex index = retriever.index(course, query.exact());
        return new Result(
                course,
                index.engine(),
                index.exact(),
                z,
                retriever.hits(
                        course,
                        rest.subList(0, Math.min(query.k(), rest.size())),
                        query.scoreThreshold(),
                        watch),
                columns(knobs, sweep.steps(), positions, hits, ranks));
    }

    private static Map<UUID, Integer> ranks(List<Candidate> rest) {
        Map<UUID, Integer> ranks = new HashMap<>();
        for (Candidate candidate : rest) {
            ranks.put(candidate.item(), ranks.size() + 1);
        }
        return ranks;
    }

    private static List<Column> columns(
            List<Knob> knobs,
            int steps,
            List<Knob.Position> positions,
            List<List<Hit>> hits,
            Map<UUID, Integer> ranks) {
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < knobs.size(); c++) {
            List<Step> column = new ArrayList<>();
            for (int i = c * steps; i < (c + 1) * steps; i++) {
                Knob.Position at = positions.get(i);
                List<MovedHit> moved = hits.get(i).stream().map(hit -> moved(hit, ranks)).toList();
                column.add(new Step(at.deviations(), at.value(), moved));
            }
            columns.add(new Column(knobs.get(c).factor(), knobs.get(c).name(), column));
        }
        return columns;
    }

    static MovedHit moved(Hit hit, Map<UUID, Integer> ranks) {
        Integer rest = ranks.get(hit.item().key());
        return new MovedHit(hit, rest, rest == null ? null : rest - hit.rank());
    }
}
