package dev.gimbal.family;

import dev.gimbal.distribution.Density;
import dev.gimbal.distribution.Mixture;
import dev.gimbal.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// MoPoE-VAE (Sutter et al. 2021): the mixture, with equal weights, of the products of experts of
/// every subset of what was observed. A subset of one is that expert itself.
public final class MoPoe extends MultimodalVae {

    /// Takes ownership of `parameters`.
    public MoPoe(Architecture architecture, Parameters parameters) {
        super(architecture, parameters);
        Gaussians.require(architecture);
    }

    /// Whole observations only: a mixture has no row that leaves a component out.
    @Override
    public Mixture fuse(Map<String, Belief> beliefs) {
        List<Belief> all = List.copyOf(beliefs.values());
        List<Density> products = new ArrayList<>();
        for (int subset = 1; subset < Subsets.count(all.size()); subset++) {
            List<Belief> members = Subsets.members(all, subset);
            products.add(
                    members.size() == 1
                            ? members.getFirst().shared()
                            : Gaussians.productWithPrior(members));
        }
        return new Mixture(products);
    }
}
