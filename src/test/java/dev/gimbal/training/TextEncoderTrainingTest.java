package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.gimbal.network.BagOfWords;
import dev.gimbal.network.HierarchicalLstm;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.TextConvolution;
import dev.gimbal.network.TextEncoder;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Texts of six words, of which exactly one is word 2 and its neighbour is word 3: which of both
/// comes first is in no bag of words.
class TextEncoderTrainingTest {
    private static final int PLACES = 8;
    private static final int VOCABULARY = 10;

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void theLstmLearnsWhichWordComesFirst() {
        assertThat(accuracy(new HierarchicalLstm(VOCABULARY, 6, 4, 8, 1))).isGreaterThan(0.9);
    }

    @Test
    void theConvolutionLearnsWhichWordComesFirst() {
        assertThat(accuracy(new TextConvolution(VOCABULARY, 6, List.of(2), 8, 1)))
                .isGreaterThan(0.9);
    }

    @Test
    void theBagDoesNot() {
        assertThat(accuracy(new BagOfWords(VOCABULARY, 6, List.of(8), 1))).isBetween(0.35, 0.65);
    }

    /// Over 200 texts that training did not see.
    private double accuracy(TextEncoder encoder) {
        RandomGenerator random = random(7);
        try (Parameters parameters = new Parameters(manager);
                Adam adam = new Adam(manager)) {
            encoder.initialise(parameters, "net", random(1));
            parameters.track(_ -> true);
            for (int step = 0; step < 250; step++) {
                step(encoder, parameters, adam, random);
            }
            parameters.track(_ -> false);
            try (NDManager scratch = manager.newSubManager()) {
                float[] signs = new float[200];
                NDArray ids = texts(scratch, signs, random(8));
                float[] said = encoder.forward(parameters, "net", ids).toFloatArray();
                int right = 0;
                for (int i = 0; i < signs.length; i++) {
                    right += said[i] * signs[i] > 0 ? 1 : 0;
                }
                return (double) right / signs.length;
            }
        }
    }

    private void step(
            TextEncoder encoder, Parameters parameters, Adam adam, RandomGenerator random) {
        try (NDManager scratch = manager.newSubManager()) {
            float[] signs = new float[32];
            NDArray ids = texts(scratch, signs, random);
            NDArray target = scratch.create(signs, new Shape(signs.length, 1));
            try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
                tape.backward(encoder.forward(parameters, "net", ids).sub(target).square().mean());
            }
            for (String name : parameters.names()) {
                adam.update(name, parameters.get(name), 0.01);
            }
        }
    }

    /// @param signs receives 1 where word 2 comes first and -1 where word 3 does
    private static NDArray texts(NDManager manager, float[] signs, RandomGenerator random) {
        float[] ids = new float[signs.length * PLACES];
        for (int i = 0; i < signs.length; i++) {
            for (int place = 0; place < 6; place++) {
                ids[i * PLACES + place] = random.nextInt(4, VOCABULARY);
            }
            int first = random.nextInt(0, 5);
            int second = first + 1;
            signs[i] = random.nextBoolean() ? 1 : -1;
            ids[i * PLACES + first] = signs[i] > 0 ? 2 : 3;
            ids[i * PLACES + second] = signs[i] > 0 ? 3 : 2;
        }
        return manager.create(ids, new Shape(signs.length, PLACES));
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
