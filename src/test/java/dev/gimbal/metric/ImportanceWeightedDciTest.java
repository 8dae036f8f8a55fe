package dev.gimbal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.dataset.FactorTable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ImportanceWeightedDciTest {
    private static final FactorTable TRAIN = factors(1_000, 1);
    private static final FactorTable TEST = factors(500, 2);

    private static FactorTable factors(int n, long seed) {
        Random random = new Random(seed);
        float[][] values = new float[n][];
        Arrays.setAll(values, _ -> new float[] {random.nextFloat(), 5 * random.nextFloat() - 2});
        return new FactorTable(List.of("a", "b"), values);
    }

    private static Dci measure(UnaryOperator<float[]> encoder) {
        return ImportanceWeightedDci.of(
                Arrays.stream(TRAIN.values()).map(encoder).toArray(float[][]::new),
                TRAIN,
                Arrays.stream(TEST.values()).map(encoder).toArray(float[][]::new),
                TEST,
                1);
    }

    @Test
    void perfectCodesAreNearOneInAnyOrderSignAndScale() {
        Dci dci = measure(f -> new float[] {-3 * f[1], f[0] + 2});
        assertThat(dci.disentanglement()).isGreaterThan(.98);
        assertThat(dci.completeness()).isGreaterThan(.98);
        assertThat(dci.informativeness()).isGreaterThan(.99);
    }

    @Test
    void aDeadCodeCostsNothing() {
        Dci dci = measure(f -> new float[] {f[1], 0, f[0]});
        assertThat(dci.disentanglement()).isGreaterThan(.98);
        assertThat(dci.completeness()).isGreaterThan(.98);
    }

    @Test
    void uselessCodesExplainNothing() {
        Random random = new Random(3);
        Dci dci = measure(_ -> new float[] {random.nextFloat(), random.nextFloat()});
        assertThat(dci.disentanglement()).isLessThan(.1);
        assertThat(dci.informativeness()).isLessThan(.02);
    }

    @Test
    void duplicatedCodesAreDisentangledButNotComplete() {
        Dci dci = measure(f -> new float[] {f[0], f[0], f[1], f[1]});
        assertThat(dci.disentanglement()).isGreaterThan(.98);
        assertThat(dci.completeness()).isBetween(.45, .65);
    }

    @Test
    void rotatedCodesAreEntangledButInformative() {
        Dci dci = measure(f -> new float[] {f[0] + f[1] / 5, f[0] - f[1] / 5});
        assertThat(dci.disentanglement()).isLessThan(.3);
        assertThat(dci.informativeness()).isGreaterThan(.9);
    }

    @Test
    void importanceIsWeightedAsTheFormulaSays() {
        double[][] importance = {{.8, .1}, {.2, .9}};
        double h0 = Entropy.normalised(new double[] {.8, .1});
        double h1 = Entropy.normalised(new double[] {.2, .9});
        assertThat(ImportanceWeightedDci.weighted(importance))
                .isCloseTo(.45 * (1 - h0) + .55 * (1 - h1), within(1e-12));
        assertThat(ImportanceWeightedDci.weighted(new double[2][2])).isZero();
    }

    @Test
    void whatDoesNotFitIsNamed() {
        FactorTable constant = new FactorTable(List.of("hue"), new float[20][1]);
        assertThatThrownBy(() ->
                        ImportanceWeightedDci.of(
                                new float[20][2], constant, new float[20][2], constant, 1))
                .hasMessageContaining("'hue' does not vary");
        assertThatThrownBy(() ->
                        ImportanceWeightedDci.of(new float[9][2], TRAIN, new float[20][2], TEST, 1))
                .hasMessageContaining("9 codes and 1000 rows");
        assertThatThrownBy(() -> measure(_ -> new float[] {Float.NaN})).hasMessageContaining("NaN");
    }
}
