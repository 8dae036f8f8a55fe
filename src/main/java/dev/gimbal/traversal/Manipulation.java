package dev.gimbal.traversal;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.family.Locus;
import dev.gimbal.retrieval.Anchor;
import dev.gimbal.retrieval.Answer;
import dev.gimbal.retrieval.Course;
import dev.gimbal.retrieval.Query;
import dev.gimbal.retrieval.Retriever;
import dev.gimbal.retrieval.Stopwatch;
import dev.gimbal.store.SearchCollection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Several knobs turned at once (Fig. 6 of Kim et al. 2020): offsets on factors, added to the
/// query's own z.
@Component
public final class Manipulation {
    private final Retriever retriever;

    public Manipulation(Retriever retriever) {
        this.retriever = retriever;
    }

    /// The hits after the knobs were turned.
    ///
    /// @param z where the query stood
    /// @param moved where it stands now
    public record Result(Answer answer, float[] z, float[] moved) {}

    /// A combined factor and how far it is turned.
    ///
    /// @param offset in aggregated deviations
    public record Turn(CombinedFactor factor, double offset) {
        public Turn {
            Offsets.requireNear("combined.offset", offset);
        }
    }

    /// Retrieves from `z + offsets`.
    ///
    /// @param offsets in aggregated deviations, by name or position from 0 of the factor
    /// @param combined turned besides, after one another
    /// @throws BadInputException for an unknown factor, an offset that is not finite, or a query
    ///   without a z
    public Result run(
            SearchCollection collection,
            Query query,
            Map<String, Double> offsets,
            List<Turn> combined,
            Stopwatch watch) {
        Course course = retriever.plot(collection, query, watch);
        Anchor.Latent anchor = course.anchor().steerable();
        float[] moved = moved(anchor, offsets, combined);
        Locus there = anchor.locator().locate(List.of(moved)).getFirst();
        return new Result(
                retriever.answer(course, there, query, watch), anchor.posterior().mean(), moved);
    }

    /// `z_j + offset_j * deviation_j`.
    ///
    /// @throws BadInputException for an unknown factor, or an offset that is not finite
    public static float[] moved(Anchor.Latent anchor, Map<String, Double> offsets) {
        return moved(anchor, offsets, List.of());
    }

    /// `z_j + offset_j * deviation_j`, and the same with `offset * weight_j` for combined factors.
    static float[] moved(Anchor.Latent anchor, Map<String, Double> offsets, List<Turn> combined) {
        float[] z = Offsets.turned(anchor.posterior().mean(), anchor.space(), offsets);
        for (int i = 0; i < combined.size(); i++) {
            Turn by = combined.get(i);
            by.factor()
                    .positions(anchor, "combined[" + i + "]")
                    .forEach((j, weight) ->
                            Offsets.turn(z, anchor.space(), j, by.offset() * weight));
        }
        return z;
    }
}
