package dev.gimbal.preprocessing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.dataset.Value;
import dev.gimbal.network.Parameters;
import java.util.List;

/// Takes a fixed mean out of each channel of a picture and divides by a fixed deviation, as an
/// imported encoder was trained to expect.
///
/// @param shape `[channels, height, width]` of a picture
/// @param mean of each channel
/// @param deviation of each channel
public record ChannelNormalisation(List<Integer> shape, List<Float> mean, List<Float> deviation)
        implements Preprocessing {
    public ChannelNormalisation {
        shape = List.copyOf(shape);
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (shape.size() != 3
                || mean.size() != shape.getFirst()
                || deviation.size() != shape.getFirst()
                || !deviation.stream().allMatch(d -> d > 0)) {
            throw new IllegalArgumentException(
                    "picture %s, mean %s, deviation %s".formatted(shape, mean, deviation));
        }
    }

    @Override
    public float[] read(Value value) {
        return value.numbers();
    }

    @Override
    public int outputSize() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    @Override
    public NDArray apply(Parameters parameters, String name, NDArray rows) {
        return rows.reshape(-1, shape.get(0), shape.get(1), shape.get(2))
                .sub(perChannel(rows, mean))
                .div(perChannel(rows, deviation))
                .reshape(-1, outputSize());
    }

    private static NDArray perChannel(NDArray rows, List<Float> values) {
        float[] all = new float[values.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = values.get(i);
        }
        return rows.getManager().create(all, new Shape(1, all.length, 1, 1));
    }
}
