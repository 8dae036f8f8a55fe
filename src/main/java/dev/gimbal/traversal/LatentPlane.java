package dev.gimbal.traversal;

import dev.gimbal.bundle.Factor;
import dev.gimbal.dataset.BadInputException;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Two factors at once: each value of the one with each value of the other, all other factors where
/// the query has them. The plane counterpart of [LatentTraversal].
@Component
public final class LatentPlane {
    private final Retriever retriever;

    public LatentPlane(Retriever retriever) {
        this.retriever = retriever;
    }

    /// One side of the plane.
    ///
    /// @param deviations of its values from the aggregated mean, in aggregated deviations
    public record Axis(int factor, String name, double[] deviations) {}

    /// The plane.
    ///
    /// @param z the query's, or where offsets have brought it
    /// @param rows hits by the value of `upwards`, then by that of `across`
    public record Result(
            Course course,
            String engine,
            boolean exact,
            float[] z,
            Axis across,
            Axis upwards,
            List<List<List<Hit>>> rows) {}

    /// Retrieves at every point of the plane.
    ///
    /// @param offsets knobs that are turned before, in aggregated deviations; empty for none
    /// @param sweep exactly two different factors, the one across first, and their values
    /// @throws BadInputException for other than two factors, too many points or hits, or a query
    ///   without a z
    public Result run(
            SearchCollection collection,
            Query query,
            Map<String, Double> offsets,
            Sweep sweep,
            Stopwatch watch) {
        Course course = retriever.plot(collection, query, watch);
        Anchor.Latent anchor = course.anchor().steerable();
        int[] factors = factors(anchor, sweep);
        Extent.require(sweep.steps() * sweep.steps(), query.k(), "steps times steps");
        Factor across = anchor.space().factors().get(factors[0]);
        Factor upwards = anchor.space().factors().get(factors[1]);
        float[] z = Manipulation.moved(anchor, offsets);
        List<float[]> points = points(z, factors, sweep.values(across), sweep.values(upwards));
        List<List<Candidate>> found =
                retriever.search(
                        course, anchor.locator().locate(points), query.k(), query.exact(), watch);
        List<List<Hit>> hits = retriever.hits(course, found, query.scoreThreshold(), watch);
        VectorIndex index = retriever.index(course, query.exact());
        return new Result(
                course,
                index.engine(),
                index.exact(),
                z,
                axis(factors[0], across, sweep),
                axis(factors[1], upwards, sweep),
                rows(hits, sweep.steps()));
    }

    private static int[] factors(Anchor.Latent anchor, Sweep sweep) {
        List<String> names = sweep.factors();
        if (names.size() != 2) {
            throw new BadInputException(
                    "factors", names.size() + " factors", "a plane takes two factors");
        }
        int[] factors = {
            anchor.factor(names.get(0), "factors[0]"), anchor.factor(names.get(1), "factors[1]")
        };
        if (factors[0] == factors[1]) {
            throw new BadInputException(
                    "factors[1]", names.get(1), "a plane takes two different factors");
        }
        return factors;
    }

    private static List<float[]> points(
            float[] z, int[] factors, double[] across, double[] upwards) {
        List<float[]> points = new ArrayList<>();
        for (double y : upwards) {
            for (double x : across) {
                float[] moved = z.clone();
                moved[factors[0]] = (float) x;
                moved[factors[1]] = (float) y;
                points.add(moved);
            }
        }
        return points;
    }

    private static Axis axis(int position, Factor factor, Sweep sweep) {
        double[] deviations = Arrays.stream(sweep.values(factor)).map(factor::deviations).toArray();
        return new Axis(position, factor.name(), deviations);
    }

    private static List<List<List<Hit>>> rows(List<List<Hit>> hits, int steps) {
        List<List<List<Hit>>> rows = new ArrayList<>();
        for (int from = 0; from < hits.size(); from += steps) {
            rows.add(hits.subList(from, from + steps));
        }
        return rows;
    }
}
