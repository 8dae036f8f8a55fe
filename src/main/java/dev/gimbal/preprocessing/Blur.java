package dev.gimbal.preprocessing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gimbal.dataset.Value;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.Rows;

/// Preprocessing of pictures: a Gaussian blur, sampled on a coarser grid, then centred and scaled
/// by the training data's mean picture and common deviation.
///
/// A blur keeps neighbouring shifts of a small shape near each other in pixel space, so that the
/// embedder's chart can stay flat; beyond the border a picture is black.
///
/// @param channels of the picture
/// @param side height and width in pixels
/// @param deviation of the Gaussian, in pixels
/// @param padding black pixels added on each side first, so that what the blur spreads outwards is
///   kept
/// @param size height and width of the result, a divisor of the padded side
public record Blur(int channels, int side, double deviation, int padding, int size)
        implements Preprocessing {
    private static final double LEAST_DEVIATION = 1e-6;

    public Blur {
        if (!(deviation > 0) || padding < 0 || size < 1 || (side + 2 * padding) % size != 0) {
            throw new IllegalArgumentException(
                    "blur of "
                            + side
                            + " pixels: deviation "
                            + deviation
                            + ", padding "
                            + padding
                            + ", size "
                            + size);
        }
    }

    /// Entries of one result.
    public int outputSize() {
        return channels * size * size;
    }

    @Override
    public float[] read(Value value) {
        return value.numbers();
    }

    @Override
    public void initialise(Parameters parameters, String name) {
        set(parameters, name, new float[outputSize()], 1);
    }

    @Override
    public void fit(Parameters parameters, String name, float[][] rows) {
        float[][] blurred;
        try (NDManager scratch = parameters.get(name + ".mean").getManager().newSubManager()) {
            blurred = Rows.map(scratch, rows, this::blur);
        }
        float[] mean = mean(blurred);
        double squares = 0;
        for (float[] row : blurred) {
            for (int i = 0; i < mean.length; i++) {
                squares += (row[i] - (double) mean[i]) * (row[i] - (double) mean[i]);
            }
        }
        double deviation = Math.sqrt(squares / ((double) blurred.length * mean.length));
        set(parameters, name, mean, (float) Math.max(deviation, LEAST_DEVIATION));
    }

    private static float[] mean(float[][] rows) {
        double[] sums = new double[rows[0].length];
        for (float[] row : rows) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += row[i];
            }
        }
        float[] mean = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            mean[i] = (float) (sums[i] / rows.length);
        }
        return mean;
    }

    private static void set(Parameters parameters, String name, float[] mean, float deviation) {
        parameters.set(name + ".mean", new Shape(mean.length), mean);
        parameters.set(name + ".deviation", new Shape(1), new float[] {deviation});
    }

    /// Blurs, centres and scales, `[batch, channels * side * side] -> [batch, outputSize]`.
    @Override
    public NDArray apply(Parameters parameters, String name, NDArray rows) {
        return blur(rows)
                .sub(parameters.get(name + ".mean"))
                .div(parameters.get(name + ".deviation"));
    }

    /// `[batch, channels * side * side] -> [batch, outputSize]`, before centring.
    NDArray blur(NDArray x) {
        NDArray kernel = x.getManager().create(kernel(), new Shape(size, side));
        NDArray pictures = x.reshape(-1, side, side);
        return kernel.matMul(pictures).matMul(kernel.transpose()).reshape(-1, outputSize());
    }

    /// Row r averages the Gaussians of the pixels that it stands for, `[size * side]`.
    private float[] kernel() {
        int block = (side + 2 * padding) / size;
        float[] kernel = new float[size * side];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < side; column++) {
                double sum = 0;
                for (int pixel = row * block; pixel < (row + 1) * block; pixel++) {
                    double distance = (pixel - padding - column) / deviation;
                    sum += Math.exp(-0.5 * distance * distance);
                }
                kernel[row * side + column] =
                        (float) (sum / (block * deviation * Math.sqrt(2 * Math.PI)));
            }
        }
        return kernel;
    }
}
