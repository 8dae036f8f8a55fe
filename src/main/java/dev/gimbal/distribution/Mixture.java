package dev.gimbal.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The mixture of several distributions: with equal weights, or in each row of those that it has.
///
/// @param components at least one, of the same shape
/// @param weights what each component counts for in each row, `[batch, 1]`: its probability times
///   the number of components; empty where all count alike everywhere
public record Mixture(List<Density> components, List<NDArray> weights) implements Distribution {
    public Mixture {
        components = List.copyOf(components);
        weights = List.copyOf(weights);
        if (components.isEmpty()) {
            throw new IllegalArgumentException("a mixture without components");
        }
        if (!weights.isEmpty() && weights.size() != components.size()) {
            throw new IllegalArgumentException(
                    "%d weights of %d components".formatted(weights.size(), components.size()));
        }
    }

    /// With equal weights.
    public Mixture(List<Density> components) {
        this(components, List.of());
    }

    /// In each row with equal weights of the components that it has. A row without any mixes all.
    ///
    /// @param presences 1 where a row has a component, else 0, `[batch, 1]`; `null` where every row
    ///   has it
    public static Mixture of(List<Density> components, List<@Nullable NDArray> presences) {
        NDArray some = null;
        for (NDArray presence : presences) {
            some = some == null ? presence : some;
        }
        if (some == null) {
            return new Mixture(components);
        }
        List<NDArray> had = new ArrayList<>();
        NDArray count = some.zerosLike();
        for (NDArray presence : presences) {
            had.add(presence == null ? some.onesLike() : presence);
            count = count.add(had.getLast());
        }
        NDArray none = count.eq(0).toType(DataType.FLOAT32, false);
        NDArray divisor = count.maximum(1);
        return new Mixture(
                components,
                had.stream()
                        .map(one -> Constant.times(components.size(), one).div(divisor).add(none))
                        .toList());
    }

    /// What a component counts for in each row, `[batch, 1]`; `null` for 1 everywhere.
    public @Nullable NDArray weight(int component) {
        return weights.isEmpty() ? null : weights.get(component);
    }

    /// The same mixture, through which no gradient passes.
    public Mixture detached() {
        return new Mixture(components.stream().map(Density::detached).toList(), weights);
    }

    @Override
    public NDArray mean() {
        NDArray sum = null;
        for (int i = 0; i < components.size(); i++) {
            NDArray weight = weight(i);
            NDArray mean = components.get(i).mean();
            NDArray weighted = weight == null ? mean : mean.mul(weight);
            sum = sum == null ? weighted : sum.add(weighted);
        }
        return Constant.times(1.0 / components.size(), Objects.requireNonNull(sum));
    }

    /// `log p(x)` in nats for each row, `[batch]`.
    ///
    /// @param x `[batch, latent]`
    public NDArray logDensity(NDArray x) {
        List<NDArray> logs = new ArrayList<>();
        for (int i = 0; i < components.size(); i++) {
            NDArray weight = weight(i);
            NDArray log = components.get(i).logDensity(x);
            logs.add(weight == null ? log : log.add(weight.log().reshape(-1)));
        }
        return LogMeanExp.of(logs);
    }
}
