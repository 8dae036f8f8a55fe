package dev.gimbal.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.gimbal.distribution.ProductOfExperts.Expert;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ProductOfExpertsTest {
    private static final Offset<Float> CLOSE = within(1e-5f);

    @AutoClose private final NDManager manager = NDManager.newBaseManager();

    @Test
    void precisionsAddUpThePriorsIncluded() {
        // precisions 1 (prior), 4 and 5
        DiagonalGaussian product =
                ProductOfExperts.withPrior(List.of(expert(1, 0.25f), expert(-2, 0.2f)));

        assertThat(product.logVariance().exp().toFloatArray()[0]).isCloseTo(0.1f, CLOSE);
        assertThat(product.mean().toFloatArray()[0]).isCloseTo((4 - 10) / 10f, CLOSE);
    }

    @Test
    void anAbsentExpertSaysNothing() {
        Expert absent = new Expert(expert(-2, 0.2f).belief(), column(0));

        DiagonalGaussian product = ProductOfExperts.withPrior(List.of(expert(1, 0.25f), absent));

        assertThat(product.logVariance().exp().toFloatArray()[0]).isCloseTo(0.2f, CLOSE);
        assertThat(product.mean().toFloatArray()[0]).isCloseTo(0.8f, CLOSE);
    }

    @Test
    void withoutAnyExpertThePriorRemains() {
        Expert absent = new Expert(expert(-2, 0.2f).belief(), column(0));

        DiagonalGaussian product = ProductOfExperts.withPrior(List.of(absent));

        assertThat(product.mean().toFloatArray()[0]).isZero();
        assertThat(product.logVariance().toFloatArray()[0]).isCloseTo(0, CLOSE);
    }

    private Expert expert(float mean, float variance) {
        return new Expert(
                new DiagonalGaussian(column(mean), column((float) Math.log(variance))), null);
    }

    private NDArray column(float value) {
        return manager.create(new float[][] {{value}});
    }
}
