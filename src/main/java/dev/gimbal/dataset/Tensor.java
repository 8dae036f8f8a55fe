package dev.gimbal.dataset;

import java.util.List;

/// A named array from outside.
///
/// @param shape of the array; empty for a single number
/// @param values row-major; shared, not to be written to
public record Tensor(List<Long> shape, float[] values) {
    public Tensor {
        shape = List.copyOf(shape);
    }
}
