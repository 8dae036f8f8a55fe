package dev.gimbal.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.bundle.Factor;
import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.embedding.Posterior;
import dev.gimbal.family.Locus;
import dev.gimbal.family.Similarity;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScoresOverSamplesTest {
    private static final LatentSpace SPACE =
            new LatentSpace(
                    List.of("a"),
                    "b",
                    List.of(new Factor("left", 0, 1, -2, 2), new Factor("right", 1, 0.5, 0, 2)));

    private static List<Locus> identity(List<float[]> z) {
        return z.stream().map(p -> new Locus(p, Similarity.NEGATIVE_SQUARED_L2, 0.5, 0)).toList();
    }

    private static Anchor.Latent anchor(float[] logVariance) {
        return new Anchor.Latent(
                SPACE,
                new Posterior(new float[] {1, -1}, logVariance),
                ScoresOverSamplesTest::identity);
    }

    @Test
    void withoutSamplesTheMeanIsLocated() {
        assertThat(anchor(new float[2]).loci(0, 0).getFirst().point()).containsExactly(1, -1);
    }

    @Test
    void samplesHaveThePosteriorsMomentsAndFollowTheSeed() {
        Anchor.Latent anchor = anchor(new float[] {0, (float) Math.log(0.25)});
        List<Locus> loci = anchor.loci(20_000, 3);
        double mean = loci.stream().mapToDouble(l -> l.point()[1]).average().orElseThrow();
        double second =
                loci.stream().mapToDouble(l -> l.point()[1] * l.point()[1]).average().orElseThrow();
        assertThat(mean).isCloseTo(-1, within(0.02));
        assertThat(second - mean * mean).isCloseTo(0.25, within(0.02));
        assertThat(anchor.loci(3, 5).get(2).point()).isEqualTo(anchor.loci(3, 5).get(2).point());
    }

    @Test
    void oneSampleOfAMixtureIsOfAnyComponent() {
        Posterior left = new Posterior(new float[] {-9, 0}, new float[2]);
        Posterior right = new Posterior(new float[] {9, 0}, new float[2]);
        Anchor.Latent anchor =
                new Anchor.Latent(
                        SPACE,
                        Posterior.mixture(new float[2], List.of(left, right)),
                        ScoresOverSamplesTest::identity);
        long lefts =
                LongStream.range(0, 1000)
                        .filter(seed -> anchor.loci(1, seed).getFirst().point()[0] < 0)
                        .count();
        assertThat(lefts).isBetween(450L, 550L);
        assertThat(anchor.loci(6, 1)).filteredOn(locus -> locus.point()[0] < 0).hasSize(3);
    }

    @Test
    void aPointCannotBeSampled() {
        assertThatThrownBy(() -> anchor(null).loci(4, 0))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("not a distribution");
    }

    @Test
    void factorsAreFoundByNameAndPosition() {
        assertThat(anchor(null).factor("right", "f")).isEqualTo(1);
        assertThat(anchor(null).factor("0", "f")).isZero();
        assertThatThrownBy(() -> anchor(null).factor("2", "factors[0]"))
                .isInstanceOfSatisfying(
                        BadInputException.class,
                        e -> assertThat(e.field()).isEqualTo("factors[0]"));
    }

    @Test
    void aFixedAnchorSaysWhyItCannotBeSteered() {
        Anchor fixed =
                new Anchor.Fixed(
                        new Locus(new float[] {1}, Similarity.COSINE, 1, 0), "query[0]", "because");
        assertThatThrownBy(fixed::steerable).hasMessageContaining("because");
        assertThatThrownBy(() -> fixed.loci(2, 0)).hasMessageContaining("because");
    }

    @Test
    void twoEqualExpertsHalveTheVariance() {
        Posterior one = new Posterior(new float[] {2}, new float[] {0});
        Posterior product = Experts.product(List.of(one, one), new double[] {1, 1});
        assertThat(product.mean()[0]).isEqualTo(2);
        assertThat(Math.exp(product.logVariance()[0])).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void surerExpertsCountForMore() {
        Posterior sure = new Posterior(new float[] {0}, new float[] {(float) Math.log(0.1)});
        Posterior unsure = new Posterior(new float[] {11}, new float[] {0});
        assertThat(Experts.product(List.of(sure, unsure), new double[] {1, 1}).mean()[0])
                .isCloseTo(1f, within(1e-5f));
    }

    @Test
    void offsetSteeringAtRestIsTheOwnEmbedding() {
        float[] own = {0.6f, 0.8f};
        Locus rest = new Locus(new float[] {5, 5}, Similarity.NEGATIVE_SQUARED_L2, 1, 0);
        OffsetLocator locator = new OffsetLocator(ScoresOverSamplesTest::identity, rest, own);
        assertThat(locator.locate(List.of(new float[] {5, 5})).getFirst().point())
                .containsExactly(own, within(1e-6f));
    }

    @Test
    void offsetSteeringMovesByTheDecodersDifference() {
        float[] own = {1, 0};
        Locus rest = new Locus(new float[] {0, 0}, Similarity.COSINE, 1, 0);
        OffsetLocator locator = new OffsetLocator(ScoresOverSamplesTest::identity, rest, own);
        float[] point = locator.locate(List.of(new float[] {0, 1})).getFirst().point();
        assertThat(point).containsExactly(new float[] {0.70710677f, 0.70710677f}, within(1e-6f));
    }

    @Test
    void offsetSteeringNeedsOneSpace() {
        Locus rest = new Locus(new float[] {0, 0, 0}, Similarity.COSINE, 1, 0);
        assertThatThrownBy(() ->
                        new OffsetLocator(ScoresOverSamplesTest::identity, rest, new float[2]))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("share one embedding space");
    }
}
