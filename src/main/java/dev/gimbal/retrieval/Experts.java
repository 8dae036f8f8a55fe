package dev.gimbal.retrieval;

import dev.gimbal.embedding.Posterior;
import java.util.List;

/// Several posteriors over one latent space with positive weights, as one: the product of the
/// experts, each to the power of its weight.
final class Experts {
    private Experts() {}

    /// Precisions add up: `1/var = sum(w/var_i)`, `mean = var sum(w mean_i / var_i)`. Where one of
    /// them is a point mass there are no precisions, and the means are averaged by weight.
    ///
    /// Mixtures and Laplace distributions are taken as the Gaussians of their means and variances,
    /// but for one alone that counts once; see [Posterior#matched].
    ///
    /// @param weights positive, one for each posterior
    public static Posterior product(List<Posterior> experts, double[] weights) {
        if (experts.size() == 1 && weights[0] == 1) {
            return experts.getFirst();
        }
        List<Posterior> posteriors = experts.stream().map(Posterior::matched).toList();
        int latent = posteriors.getFirst().mean().length;
        boolean points = posteriors.stream().anyMatch(p -> p.logVariance() == null);
        float[] mean = new float[latent];
        float[] logVariance = new float[latent];
        for (int j = 0; j < latent; j++) {
            double precision = 0;
            double weighted = 0;
            for (int i = 0; i < weights.length; i++) {
                float[] own = posteriors.get(i).logVariance();
                double expert = weights[i] * (own == null || points ? 1 : Math.exp(-own[j]));
                precision += expert;
                weighted += expert * posteriors.get(i).mean()[j];
            }
            mean[j] = (float) (weighted / precision);
            logVariance[j] = (float) -Math.log(precision);
        }
        return new Posterior(mean, points ? null : logVariance);
    }
}
