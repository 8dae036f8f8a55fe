package dev.gimbal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class LatentAccuracyTest {

    /// Classes 0 to 3 in turn; latents of 2,000 and 1,000 examples.
    private static LatentAccuracy of(BiFunction<Integer, Random, float[]> latent) {
        Random random = new Random(1);
        float[][][] latents = {new float[2_000][], new float[1_000][]};
        int[][] classes = {new int[2_000], new int[1_000]};
        for (int split = 0; split < 2; split++) {
            for (int i = 0; i < latents[split].length; i++) {
                classes[split][i] = i % 4;
                latents[split][i] = latent.apply(i % 4, random);
            }
        }
        return LatentAccuracy.of(latents[0], classes[0], latents[1], classes[1]);
    }

    private static float gauss(Random random) {
        return (float) random.nextGaussian();
    }

    @Test
    void aSpaceThatNamesTheClassIsPerfect() {
        LatentAccuracy accuracy =
                of((c, random) -> {
                    float[] z = {gauss(random) / 9, gauss(random) / 9, 0, gauss(random)};
                    z[c % 2] += 2 * (c / 2) - 1;
                    return z;
                });

        assertThat(accuracy.linear()).isEqualTo(1);
        assertThat(accuracy.nonLinear()).isEqualTo(1);
    }

    @Test
    void noiseIsNoBetterThanChance() {
        LatentAccuracy accuracy = of((_, random) -> new float[] {gauss(random), gauss(random)});

        // 1,000 guesses of four: deviation .014
        assertThat(accuracy.linear()).isCloseTo(.25, within(.06));
        assertThat(accuracy.nonLinear()).isCloseTo(.25, within(.06));
    }

    /// Four rings around one centre: no line parts them.
    @Test
    void onlyTheNonLinearClassifierSeesRings() {
        LatentAccuracy accuracy =
                of((c, random) -> {
                    double angle = random.nextDouble(2 * Math.PI);
                    return new float[] {
                        (float) ((c + 1) * Math.cos(angle)), (float) ((c + 1) * Math.sin(angle))
                    };
                });

        assertThat(accuracy.linear()).isLessThan(.4);
        assertThat(accuracy.nonLinear()).isGreaterThan(.95);
    }

    @Test
    void noUnitMatters() {
        LatentAccuracy small = of((c, random) -> new float[] {c + gauss(random), gauss(random)});
        LatentAccuracy great =
                of((c, random) -> new float[] {c + gauss(random), 1e5f * gauss(random)});

        assertThat(great.linear()).isCloseTo(small.linear(), within(1e-3));
        assertThat(great.nonLinear()).isCloseTo(small.nonLinear(), within(1e-3));
    }

    @Test
    void latentsThatAreNoNumbersAreRefused() {
        float[][] latents = {{1}, {Float.NaN}};
        assertThatThrownBy(() -> LatentAccuracy.of(latents, new int[2], latents, new int[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(
                        () -> LatentAccuracy.of(new float[3][1], new int[2], latents, new int[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 latents");
    }
}
