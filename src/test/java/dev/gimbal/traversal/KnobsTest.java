package dev.gimbal.traversal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.bundle.Factor;
import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Value;
import dev.gimbal.embedding.Posterior;
import dev.gimbal.family.Locus;
import dev.gimbal.family.Similarity;
import dev.gimbal.retrieval.Anchor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class KnobsTest {
    private static final Factor POSITION = new Factor("position", 1, 2, -4, 5);
    private static final Factor SIZE = new Factor("size", 0, 0.5, -1, 1);
    private static final LatentSpace SPACE =
            new LatentSpace(List.of("a"), "b", List.of(POSITION, SIZE));

    private static final Anchor.Latent ANCHOR =
            new Anchor.Latent(
                    SPACE,
                    new Posterior(new float[] {3, 1}, null),
                    points ->
                            points.stream()
                                    .map(p -> new Locus(p, Similarity.NEGATIVE_SQUARED_L2, 1, 0))
                                    .toList());

    @Test
    void aSweepRunsFromEndToEndInAggregatedDeviations() {
        assertThat(Sweep.standard(3).values(POSITION)).containsExactly(-3, 1, 5);
    }

    @Test
    void aSweepOverPercentilesIgnoresTheRange() {
        Sweep sweep = new Sweep(List.of(), List.of(), 2, Sweep.Span.PERCENTILES, -2, 2);
        assertThat(sweep.values(POSITION)).containsExactly(-4, 5);
    }

    @Test
    void rangesThatDoNotIncreaseOrAreNoNumbersAreRefused() {
        double[][] bad = {{2, -2}, {1, 1}, {Double.NaN, 1}, {0, Double.POSITIVE_INFINITY}};
        for (double[] range : bad) {
            assertThatThrownBy(() ->
                            new Sweep(
                                    List.of(),
                                    List.of(),
                                    3,
                                    Sweep.Span.DEVIATIONS,
                                    range[0],
                                    range[1]))
                    .isInstanceOf(BadInputException.class);
        }
    }

    @Test
    void offsetsAreInAggregatedDeviations() {
        assertThat(Manipulation.moved(ANCHOR, Map.of("position", 1.5, "1", -2.0), List.of()))
                .containsExactly(6, 0);
    }

    @Test
    void aFactorGivenTwiceIsRefused() {
        assertThatThrownBy(
                        () -> Manipulation.moved(ANCHOR, Map.of("size", 1.0, "1", 1.0), List.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void separableScoresAreExplainedWithoutResidual() {
        // -|z - r|^2 with z = (3, 1), r = (3, 0), aggregated means (1, 0)
        Explanation explanation =
                Explanation.of(ANCHOR, ANCHOR.posterior().mean(), new float[] {3, 0});
        assertThat(explanation.score()).isCloseTo(-1, within(1e-9));
        assertThat(explanation.scoreAtMeans()).isCloseTo(-4, within(1e-9));
        assertThat(explanation.effects().get(0).effect()).isCloseTo(4, within(1e-9));
        assertThat(explanation.effects().get(1).effect()).isCloseTo(-1, within(1e-9));
        assertThat(explanation.effects().get(0).deviations()).isCloseTo(1, within(1e-9));
        assertThat(explanation.residual()).isCloseTo(0, within(1e-9));
    }

    @Test
    void factorsThatWorkTogetherLeaveAResidual() {
        Anchor.Latent product =
                new Anchor.Latent(
                        SPACE,
                        ANCHOR.posterior(),
                        points ->
                                points.stream()
                                        .map(p ->
                                                new Locus(
                                                        new float[] {p[0] * p[1]},
                                                        Similarity.INNER_PRODUCT,
                                                        1,
                                                        0))
                                        .toList());
        // z = (3, 1): 3; without position: 1; without size: 0; at the means: 0
        Explanation explanation =
                Explanation.of(product, product.posterior().mean(), new float[] {1});
        assertThat(explanation.residual()).isCloseTo(3 - 2 - 3, within(1e-9));
    }

    @Test
    void theSheetHasTheQueryOnTopAColumnAFactorAndARowAStep() throws IOException {
        Modality modality = Modality.image("a", 1, 2, 2);
        Picture white = Picture.of(modality, Value.of(1, 1, 1, 1));
        Picture black = Picture.of(modality, Value.of(0, 0, 0, 0));
        double[] at = {-1, 1};
        ContactSheet sheet =
                new ContactSheet(
                        List.of(black),
                        List.of(
                                new ContactSheet.Column("position", at, List.of(black, white)),
                                new ContactSheet.Column(
                                        "a very long name of a factor",
                                        at,
                                        List.of(new Picture.Label("no picture"), black))));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(sheet.png()));
        assertThat(image.getWidth()).isEqualTo(24 + 48 + 2 * 104 - 8);
        assertThat(image.getHeight()).isEqualTo(24 + 44 + 104 + 2 * 104 - 8);
        int x = 12 + 48 + 48;
        assertThat(image.getRGB(x, 12 + 22 + 48) & 0xFFFFFF).isZero();
        assertThat(image.getRGB(x, 12 + 44 + 104 + 48) & 0xFFFFFF).isZero();
        assertThat(image.getRGB(x, 12 + 44 + 208 + 48) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        assertThat(image.getRGB(x + 104, 12 + 44 + 208 + 48) & 0xFFFFFF).isZero();
    }
}
