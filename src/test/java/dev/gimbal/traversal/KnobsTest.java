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
import dev.gimbal.metric.LogOdds;
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
        assertThat(
                        new Sweep(List.of(), List.of(), 3, Sweep.Span.DEVIATIONS, -2, 2)
                                .values(POSITION))
                .containsExactly(-3, 1, 5);
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
    void aCombinedFactorMovesItsFactorsByWeight() {
        CombinedFactor both = new CombinedFactor("both", Map.of("position", 1.0, "size", -2.0));

        assertThat(Manipulation.moved(ANCHOR, Map.of(), List.of(new Manipulation.Turn(both, 1.5))))
                .containsExactly(6, -0.5f);
    }

    @Test
    void aCombinedFactorOfOneIsThatFactor() {
        CombinedFactor alone = new CombinedFactor("alone", Map.of("0", 1.0));
        Sweep sweep =
                new Sweep(List.of("position"), List.of(alone), 3, Sweep.Span.DEVIATIONS, -2, 2);

        List<Knob> knobs = Knob.of(ANCHOR, sweep);

        assertThat(knobs).hasSize(2);
        for (int i = 0; i < 3; i++) {
            assertThat(
                            knobs.getLast()
                                    .positions(ANCHOR.posterior().mean(), ANCHOR, sweep)
                                    .get(i)
                                    .point())
                    .containsExactly(
                            knobs.getFirst()
                                    .positions(ANCHOR.posterior().mean(), ANCHOR, sweep)
                                    .get(i)
                                    .point());
        }
    }

    @Test
    void aCombinedFactorRunsItsFactorsTogetherAndLeavesTheOthers() {
        CombinedFactor size = new CombinedFactor("smaller", Map.of("size", -1.0));
        Sweep sweep = new Sweep(List.of(), List.of(size), 2, Sweep.Span.DEVIATIONS, -2, 2);

        List<Knob.Position> ends =
                Knob.of(ANCHOR, sweep)
                        .getFirst()
                        .positions(ANCHOR.posterior().mean(), ANCHOR, sweep);

        assertThat(ends.getFirst().deviations()).isEqualTo(-2);
        assertThat(ends.getFirst().point()).containsExactly(3, 1);
        assertThat(ends.getLast().point()).containsExactly(3, -1);
    }

    @Test
    void combinedFactorsWithoutWeightsOrOfUnknownFactorsAreRefused() {
        assertThatThrownBy(() -> new CombinedFactor("none", Map.of()))
                .isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> new CombinedFactor("zero", Map.of("size", 0.0)))
                .isInstanceOf(BadInputException.class);
        CombinedFactor unknown = new CombinedFactor("unknown", Map.of("colour", 1.0));
        assertThatThrownBy(() ->
                        Manipulation.moved(
                                ANCHOR, Map.of(), List.of(new Manipulation.Turn(unknown, 1))))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("colour");
    }

    @Test
    void wordsOfARecipeAreItsIngredients() {
        assertThat(ItemWords.words("Pie\n\n- 2 cups of flour\n- an apple\n\nBake the pie."))
                .containsExactly("cups", "flour", "apple");
        assertThat(ItemWords.words("A photo of the harbour")).containsExactly("photo", "harbour");
    }

    @Test
    void aCloudSheetHasARowAFactorAndACellAStepAndDrawsItsWords() throws IOException {
        LogOdds.Word word = new LogOdds.Word("cinnamon", 2, 4, 9);
        WordClouds.Cloud full = new WordClouds.Cloud(-2, List.of(word));
        WordClouds.Cloud empty = new WordClouds.Cloud(2, List.of());
        CloudSheet sheet =
                new CloudSheet(List.of(new WordClouds.Column("sweetness", List.of(full, empty))));

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(sheet.png()));

        assertThat(image.getWidth()).isEqualTo(10 + 2 * 310);
        assertThat(image.getHeight()).isEqualTo(10 + 212);
        assertThat(inked(image, 20)).isGreaterThan(100);
        assertThat(inked(image, 330)).isZero();
    }

    private static int inked(BufferedImage image, int left) {
        int inked = 0;
        for (int x = left; x < left + 280; x++) {
            for (int y = 40; y < 200; y++) {
                inked += (image.getRGB(x, y) & 0xFFFFFF) == 0xFFFFFF ? 0 : 1;
            }
        }
        return inked;
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
