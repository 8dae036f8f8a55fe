package dev.gimbal.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.bundle.Factor;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Sprites;
import dev.gimbal.family.Locus;
import dev.gimbal.family.Similarity;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TraversalProtocolTest {
    private static final FactorTable FACTORS = new Sprites(1).factors(Split.TEST);
    // items lie where their factors say; the scale is stretched to weigh as much as a position
    private static final float[][] ITEMS =
            Arrays.stream(FACTORS.values())
                    .map(f -> new float[] {2 * f[0] - 1, f[1], f[2]})
                    .toArray(float[][]::new);
    private static final float[][] QUERIES = Arrays.copyOf(ITEMS, 60);
    private static final List<Factor> UNIT = List.of(range("a"), range("b"), range("c"));

    private static Factor range(String name) {
        return new Factor(name, .5, .3, 0, 1);
    }

    private static TraversalResult run(UnaryOperator<float[]> decoder) {
        return TraversalProtocol.STANDARD.run(
                QUERIES,
                UNIT,
                zs ->
                        Arrays.stream(zs)
                                .map(decoder)
                                .map(p -> new Locus(p, Similarity.NEGATIVE_SQUARED_L2, 50, 0))
                                .toList(),
                ITEMS,
                FACTORS);
    }

    @Test
    void trueFactorsAsLatentsAreNearlyPerfect() {
        TraversalResult result = run(z -> z);
        assertThat(result.factors()).containsExactly("scale", "x", "y");
        assertThat(result.dci().disentanglement()).isGreaterThan(.97);
        assertThat(result.dci().completeness()).isGreaterThan(.97);
        assertThat(result.dci().informativeness()).isGreaterThan(.97);
        assertThat(result.byAlpha().get(10)).isEqualTo(result.dci());
        assertThat(result.byAlpha()).containsOnlyKeys(1, 5, 10);
    }

    @Test
    void orderAndDirectionOfLatentsDoNotMatter() {
        TraversalResult result = run(z -> new float[] {z[2], 1 - z[0], z[1]});
        assertThat(result.dci().disentanglement()).isGreaterThan(.97);
        assertThat(result.correlations()[0][1]).isGreaterThan(.97);
    }

    @Test
    void latentsThatMoveNothingAreUseless() {
        TraversalResult result = run(_ -> new float[] {.5f, .5f, .5f});
        assertThat(result.correlations()).isDeepEqualTo(new double[3][3]);
        assertThat(result.dci().disentanglement()).isCloseTo(0, within(1e-12));
        assertThat(result.dci().informativeness()).isZero();
    }

    @Test
    void rotatedLatentsAreEntangled() {
        float c = (float) Math.sqrt(.5);
        TraversalResult result =
                run(z -> new float[] {z[0], c * (z[1] - z[2]) + .3f, c * (z[1] + z[2]) - .2f});
        assertThat(result.dci().disentanglement()).isLessThan(.7);
        assertThat(result.correlations()[1][1]).isGreaterThan(.8);
        assertThat(result.correlations()[1][2]).isGreaterThan(.8);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThatThrownBy(() ->
                        TraversalProtocol.STANDARD.run(
                                QUERIES, UNIT, _ -> List.of(), new float[5][3], FACTORS))
                .hasMessageContaining("5 items and 2048 rows");
        assertThatThrownBy(() ->
                        TraversalProtocol.STANDARD.run(
                                new float[1][2], UNIT, _ -> List.of(), ITEMS, FACTORS))
                .hasMessageContaining("z has 2 entries, 3 ranges");
        assertThatThrownBy(() ->
                        TraversalProtocol.STANDARD.run(
                                QUERIES, UNIT, _ -> List.of(), ITEMS, FactorTable.NONE))
                .hasMessageContaining("true factors");
        assertThatThrownBy(() -> run(_ -> new float[] {Float.NaN, 0, 0}))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new TraversalProtocol(1)).hasMessageContaining("1");
    }
}
