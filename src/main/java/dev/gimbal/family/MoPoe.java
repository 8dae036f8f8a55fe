package dev.gimbal.family;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.Density;
import dev.gimbal.distribution.Mixture;
import dev.gimbal.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// MoPoE-VAE (Sutter et al. 2021): the mixture, with equal weights, of the products of experts of
/// every subset of what was observed, row by row. A subset of one is that expert itself.
public final class MoPoe extends MultimodalVae {

    /// Takes ownership of `parameters`.
    public MoPoe(Architecture architecture, Parameters parameters) {
        super(architecture, parameters);
        Gaussians.require(architecture);
    }

    @Override
    public Mixture fuse(Map<String, Belief> beliefs) {
        List<Belief> all = List.copyOf(beliefs.values());
        List<Density> products = new ArrayList<>();
        List<@Nullable NDArray> presences = new ArrayList<>();
        for (int subset = 1; subset < Subsets.count(all.size()); subset++) {
            List<Belief> members = Subsets.members(all, subset);
            products.add(
                    members.size() == 1
                            ? members.getFirst().shared()
                            : Gaussians.productWithPrior(members));
            presences.add(together(members));
        }
        return Mixture.of(products, presences);
    }

    /// Where all of these were observed, `[batch, 1]`; `null` for everywhere.
    private static @Nullable NDArray together(List<Belief> members) {
        NDArray together = null;
        for (Belief member : members) {
            NDArray presence = member.presence();
            if (presence != null) {
                together = together == null ? presence : together.mul(presence);
            }
        }
        return together;
    }
}
