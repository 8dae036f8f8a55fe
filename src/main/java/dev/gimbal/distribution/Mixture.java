package dev.gimbal.distribution;

import ai.djl.ndarray.NDArray;
import java.util.List;

/// The mixture of several distributions with equal weights.
///
/// @param components at least one, of the same shape
public record Mixture(List<Density> components) implements Distribution {
    public Mixture {
        components = List.copyOf(components);
        if (components.isEmpty()) {
            throw new IllegalArgumentException("a mixture without components");
        }
    }

    @Override
    public NDArray mean() {
        NDArray sum = components.getFirst().mean();
        for (Density component : components.subList(1, components.size())) {
            sum = sum.add(component.mean());
        }
        return Constant.times(1.0 / components.size(), sum);
    }

    /// `log p(x)` in nats for each row, `[batch]`.
    ///
    /// @param x `[batch, latent]`
    public NDArray logDensity(NDArray x) {
        return LogMeanExp.of(components.stream().map(c -> c.logDensity(x)).toList());
    }
}
