package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

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
public record Blur(int channels, int side, double deviation, int padding, int size) {
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

    /// `[batch, channels * side * side] -> [batch, outputSize]`, before centring.
    public NDArray apply(NDArray x) {
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
