package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;

/// Variations of training photographs that change nothing of what they show: another crop, a
/// mirrored picture, other light. Every picture of a batch draws its own.
///
/// @param smallestCrop side of the smallest crop, as a part of the picture's; 1 keeps the whole
/// @param flip probability of a mirrored picture
/// @param brightness pixels are multiplied by a factor from `[1 - brightness, 1 + brightness]`
/// @param contrast distances from the picture's mean are multiplied by a factor from `[1 -
///   contrast, 1 + contrast]`
public record Augmentation(double smallestCrop, double flip, double brightness, double contrast) {
    public Augmentation {
        if (!(smallestCrop > 0 && smallestCrop <= 1)
                || !(flip >= 0 && flip <= 1)
                || !(brightness >= 0 && brightness < 1)
                || !(contrast >= 0 && contrast < 1)) {
            throw new IllegalArgumentException(
                    "augmentation out of range: smallestCrop %s, flip %s, brightness %s, contrast %s"
                            .formatted(smallestCrop, flip, brightness, contrast));
        }
    }

    /// Varied pictures, in `[0, 1]`; they belong to the pictures' manager.
    ///
    /// @param pictures `[batch, channels, height, width]` in `[0, 1]`
    /// @param random the only source of randomness
    public NDArray apply(NDArray pictures, RandomGenerator random) {
        Shape shape = pictures.getShape();
        int batch = (int) shape.get(0);
        int height = (int) shape.get(2);
        int width = (int) shape.get(3);
        float[] down = new float[batch * height * height];
        float[] across = new float[batch * width * width];
        float[] light = new float[batch];
        float[] spread = new float[batch];
        for (int i = 0; i < batch; i++) {
            double side = 1 - random.nextDouble() * (1 - smallestCrop);
            boolean mirrored = random.nextDouble() < flip;
            sample(down, i, height, side, random.nextDouble(), false);
            sample(across, i, width, side, random.nextDouble(), mirrored);
            light[i] = (float) (1 + brightness * (2 * random.nextDouble() - 1));
            spread[i] = (float) (1 + contrast * (2 * random.nextDouble() - 1));
        }
        NDManager manager = pictures.getManager();
        NDArray cropped =
                manager.create(down, new Shape(batch, 1, height, height))
                        .matMul(pictures)
                        .matMul(
                                manager.create(across, new Shape(batch, 1, width, width))
                                        .transpose(0, 1, 3, 2));
        Shape perPicture = new Shape(batch, 1, 1, 1);
        NDArray mean = cropped.reshape(batch, -1).mean(new int[] {1}).reshape(perPicture);
        return cropped.sub(mean)
                .mul(manager.create(spread, perPicture))
                .add(mean)
                .mul(manager.create(light, perPicture))
                .clip(0, 1);
    }

    /// Row `to` of picture i's matrix interpolates between the two nearest of the old pixels.
    private static void sample(
            float[] matrix, int i, int length, double side, double place, boolean mirrored) {
        double start = place * (1 - side) * length;
        for (int to = 0; to < length; to++) {
            int seen = mirrored ? length - 1 - to : to;
            double at = Math.clamp(start + (seen + 0.5) * side - 0.5, 0, length - 1);
            int below = Math.min((int) at, Math.max(0, length - 2));
            int row = (i * length + to) * length;
            matrix[row + below] += (float) (1 - (at - below));
            if (at > below) {
                matrix[row + below + 1] += (float) (at - below);
            }
        }
    }
}
