package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A convolution without bias followed by BatchNorm in evaluation mode: `weight (x - running_mean)
/// / sqrt(running_var + 1e-5) + bias`, for each channel.
///
/// With fixed statistics that is an affine map, so it is folded into the convolution's own weights;
/// the statistics never change, or a frozen trunk would drift under a small batch.
final class FrozenBatchNorm {
    private static final float EPSILON = 1e-5f;
    private static final Shape DILATION = new Shape(1, 1);

    private FrozenBatchNorm() {}

    /// A convolution's size.
    ///
    /// @param in channels
    /// @param out channels
    /// @param kernel height and width
    record Size(int in, int out, int kernel) {}

    /// He's uniform start for the convolution; the normalisation starts as `gain x`.
    static void initialise(
            Parameters parameters,
            String convolution,
            String norm,
            Size size,
            float gain,
            RandomGenerator random) {
        int out = size.out();
        parameters.uniform(
                convolution + ".weight",
                new Shape(out, size.in(), size.kernel(), size.kernel()),
                Math.sqrt(6.0 / (size.in() * size.kernel() * size.kernel())),
                random);
        constant(parameters, norm + ".weight", out, gain);
        constant(parameters, norm + ".bias", out, 0);
        constant(parameters, norm + ".running_mean", out, 0);
        constant(parameters, norm + ".running_var", out, 1);
    }

    private static void constant(Parameters parameters, String name, int size, float value) {
        float[] values = new float[size];
        Arrays.fill(values, value);
        parameters.set(name, new Shape(size), values);
    }

    /// The convolution with its normalisation, padded so that stride 1 keeps the size.
    static NDArray forward(
            Parameters parameters, String convolution, String norm, NDArray x, int stride) {
        NDManager manager = x.getManager();
        NDArray weight = parameters.get(convolution + ".weight");
        // whatever stands first decides whose memory a result is, so it is never a parameter
        NDArray scale =
                manager.create(EPSILON)
                        .add(parameters.get(norm + ".running_var"))
                        .pow(-0.5)
                        .mul(parameters.get(norm + ".weight"));
        NDArray shift =
                scale.mul(parameters.get(norm + ".running_mean"))
                        .neg()
                        .add(parameters.get(norm + ".bias"));
        long padding = weight.getShape().get(2) / 2;
        return Conv2d.conv2d(
                        x,
                        scale.reshape(-1, 1, 1, 1).mul(weight),
                        shift,
                        new Shape(stride, stride),
                        new Shape(padding, padding),
                        DILATION)
                .singletonOrThrow();
    }
}
