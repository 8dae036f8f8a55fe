package dev.gimbal.traversal;

import dev.gimbal.bundle.Factor;
import dev.gimbal.family.Locus;
import dev.gimbal.retrieval.Anchor;
import java.util.ArrayList;
import java.util.List;

/// Which factors bring an item near a query.
///
/// The effect of factor j is `score(z) - score(z with z_j at its aggregated mean)`. Effects do not
/// add up to the whole, `score(z) - score(z with every factor at its mean)`: the difference is the
/// residual.
///
/// @param score of the item for the query's z
/// @param scoreAtMeans of the item when every factor stands at its aggregated mean
/// @param effects one for each factor, in the model's order
/// @param residual `score - scoreAtMeans - sum(effects)`
public record Explanation(
        double score, double scoreAtMeans, List<Effect> effects, double residual) {

    /// What one factor contributes.
    ///
    /// @param deviations of the query's z_j from its aggregated mean, in aggregated deviations
    public record Effect(int factor, String name, double deviations, double effect) {}

    public Explanation {
        effects = List.copyOf(effects);
    }

    /// Explains the score of the item with this index vector; one batch of loci is located.
    ///
    /// @param z the query's mean, or where knobs have brought it
    public static Explanation of(Anchor.Latent anchor, float[] z, float[] indexVector) {
        List<Factor> factors = anchor.space().factors();
        float[] means = z.clone();
        List<float[]> points = new ArrayList<>();
        points.add(z);
        for (int j = 0; j < factors.size(); j++) {
            float[] without = z.clone();
            without[j] = (float) factors.get(j).mean();
            means[j] = without[j];
            points.add(without);
        }
        points.add(means);
        double[] scores =
                anchor.locator().locate(points).stream()
                        .mapToDouble((Locus locus) -> locus.score(indexVector))
                        .toArray();
        return of(factors, z, scores);
    }

    private static Explanation of(List<Factor> factors, float[] z, double[] scores) {
        double score = scores[0];
        double scoreAtMeans = scores[scores.length - 1];
        double residual = score - scoreAtMeans;
        List<Effect> effects = new ArrayList<>();
        for (int j = 0; j < factors.size(); j++) {
            Factor factor = factors.get(j);
            double effect = score - scores[j + 1];
            residual -= effect;
            effects.add(new Effect(j, factor.name(), factor.deviations(z[j]), effect));
        }
        return new Explanation(score, scoreAtMeans, effects, residual);
    }
}
