package dev.gimbal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {

    /// With x = 0 only intercepts b, -b are left: n (p - q) + b = 0 with q the share of class 0, p
    /// = 1 / (1 + exp(-2b)).
    @Test
    void withoutInformationTheInterceptsTellTheShares() {
        float[][] x = new float[100][1];
        int[] classes = new int[100];
        for (int i = 70; i < 100; i++) {
            classes[i] = 1;
        }
        double[] weights = LogisticRegression.fit(x, classes, 2).weights();

        double b = weights[1];
        assertThat(weights[3]).isCloseTo(-b, within(1e-6));
        assertThat(100 / (1 + Math.exp(-2 * b)) - 70 + b).isCloseTo(0, within(1e-4));
        assertThat(weights[0]).isZero();
    }

    /// Two examples, -1 and 1: w and -w with w = 2 / (1 + exp(2w)).
    @Test
    void twoExamplesHaveTheirClosedForm() {
        double[] weights =
                LogisticRegression.fit(new float[][] {{-1}, {1}}, new int[] {1, 0}, 2).weights();

        double w = weights[0];
        assertThat(w).isCloseTo(2 / (1 + Math.exp(2 * w)), within(1e-6));
        assertThat(weights[2]).isCloseTo(-w, within(1e-6));
        assertThat(weights[1]).isCloseTo(0, within(1e-9));
    }

    @Test
    void separableClassesAreSeparated() {
        float[][] x = new float[300][2];
        int[] classes = new int[300];
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            classes[i] = i % 3;
            double angle = 2 * Math.PI * classes[i] / 3;
            x[i][0] = (float) (4 * Math.cos(angle) + random.nextGaussian() / 3);
            x[i][1] = (float) (4 * Math.sin(angle) + random.nextGaussian() / 3);
        }
        assertThat(LogisticRegression.fit(x, classes, 3).classify(x)).isEqualTo(classes);
    }

    @Test
    void featuresOfAnyUnitConverge() {
        float[][] x = new float[200][2];
        int[] classes = new int[200];
        Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            classes[i] = random.nextInt(4);
            x[i][0] = 1e4f * (classes[i] + (float) random.nextGaussian());
            x[i][1] = 1e-4f * (float) random.nextGaussian();
        }
        assertThat(Accuracy.of(LogisticRegression.fit(x, classes, 4).classify(x), classes))
                .isGreaterThan(.4);
    }
}
