package dev.gimbal.objective;

import ai.djl.ndarray.NDArray;
import dev.gimbal.distribution.Constant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a training step minimises: a weighted sum of named terms, all scalars.
///
/// A mutable builder by design: a plan reads as the sum that it is.
public final class Loss {
    private final Map<String, NDArray> terms = new LinkedHashMap<>();
    private @Nullable NDArray total;

    /// Adds `weight * term`; a weight of 0 leaves the term out.
    ///
    /// @param term scalar
    public Loss add(String name, double weight, NDArray term) {
        if (weight != 0) {
            terms.put(name, term);
            NDArray weighted = Constant.times(weight, term);
            total = total == null ? weighted : total.add(weighted);
        }
        return this;
    }

    /// Adds every term of another loss, under names that start with `prefix`.
    public Loss addAll(String prefix, Loss other) {
        other.terms.forEach((name, term) -> terms.put(prefix + name, term));
        total = total == null ? other.total() : total.add(other.total());
        return this;
    }

    /// The scalar to differentiate.
    ///
    /// @throws IllegalStateException when no term was added
    public NDArray total() {
        if (total == null) {
            throw new IllegalStateException("a loss without terms");
        }
        return total;
    }

    /// The terms before weighting, scalars, in order.
    public Map<String, NDArray> terms() {
        return terms;
    }
}
