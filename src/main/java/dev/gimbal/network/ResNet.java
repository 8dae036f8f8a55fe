package dev.gimbal.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A residual network of bottleneck blocks (He et al. 2015), up to its pooled features, with
/// attention behind its second stage: at 28 x 28 for a picture of 224 x 224, as in A.1.1 and Fig. 7
/// of Kim et al. 2020.
///
/// Arrays have torchvision's names, and pictures in `[0, 1]` are normalised by ImageNet's mean and
/// deviation, so that its published weights fit.
///
/// @param shape `[3, height, width]` of a picture
/// @param width channels of the first stage; ResNet-50 has 64
/// @param blocks of each of the four stages; ResNet-50 has 3, 4, 6, 3
/// @param attention whether there is the attention module
public record ResNet(List<Integer> shape, int width, List<Integer> blocks, boolean attention)
        implements Network {
    private static final int STAGES = 4;
    private static final int ATTENDED = 2;
    private static final int STEM = 7;
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    public ResNet {
        shape = List.copyOf(shape);
        blocks = List.copyOf(blocks);
        if (shape.size() != 3 || shape.getFirst() != MEAN.length) {
            throw new IllegalArgumentException("a picture of 3 channels is needed, not " + shape);
        }
        if (shape.get(1) < 32 || shape.get(2) < 32) {
            throw new IllegalArgumentException("a picture of at least 32 x 32 is needed: " + shape);
        }
        if (width < 1 || blocks.size() != STAGES || blocks.stream().anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException("width " + width + ", blocks " + blocks);
        }
    }

    @Override
    public void initialise(Parameters parameters, String name, RandomGenerator random) {
        FrozenBatchNorm.initialise(
                parameters,
                name + ".conv1",
                name + ".bn1",
                new FrozenBatchNorm.Size(MEAN.length, width, STEM),
                1,
                random);
        int in = width;
        for (int stage = 1; stage <= STAGES; stage++) {
            int inner = width << (stage - 1);
            for (int block = 0; block < blocks.get(stage - 1); block++) {
                Bottleneck.initialise(parameters, block(name, stage, block), in, inner, random);
                in = inner * Bottleneck.EXPANSION;
            }
            if (stage == ATTENDED && attention) {
                SpatialAttention.initialise(parameters, name + ".attention", in, random);
            }
        }
    }

    @Override
    public NDArray forward(Parameters parameters, String name, NDArray x) {
        NDArray h = stem(parameters, name, normalised(x));
        for (int stage = 1; stage <= STAGES; stage++) {
            for (int block = 0; block < blocks.get(stage - 1); block++) {
                int stride = stage > 1 && block == 0 ? 2 : 1;
                try (NDArray in = h) {
                    h = Bottleneck.forward(parameters, block(name, stage, block), in, stride);
                }
            }
            if (stage == ATTENDED && attention) {
                h = SpatialAttention.forward(parameters, name + ".attention", h);
            }
        }
        return h.reshape(h.getShape().get(0), outputSize(), -1).mean(new int[] {2});
    }

    private NDArray normalised(NDArray x) {
        Shape perChannel = new Shape(1, MEAN.length, 1, 1);
        return x.reshape(-1, shape.get(0), shape.get(1), shape.get(2))
                .sub(x.getManager().create(MEAN, perChannel))
                .div(x.getManager().create(DEVIATION, perChannel));
    }

    private static NDArray stem(Parameters parameters, String name, NDArray x) {
        NDArray h = FrozenBatchNorm.forward(parameters, name + ".conv1", name + ".bn1", x, 2);
        try (NDArray rectified = Bottleneck.relu(h)) {
            return Pool.maxPool2d(
                    rectified, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false);
        }
    }

    private static String block(String name, int stage, int block) {
        return name + ".layer" + stage + "." + block;
    }

    @Override
    public boolean startsAnew(String array) {
        return array.startsWith("attention.");
    }

    @Override
    public @Nullable String outputLayer(String name) {
        return null;
    }

    @Override
    public int outputSize() {
        return (width << (STAGES - 1)) * Bottleneck.EXPANSION;
    }
}
