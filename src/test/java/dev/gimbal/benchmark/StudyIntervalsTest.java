package dev.gimbal.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.bundle.Provenance;
import dev.gimbal.dataset.Split;
import dev.gimbal.family.Family;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StudyIntervalsTest {
    private static final RetrievalProtocol WHOLE = new RetrievalProtocol(20, 1, 1);

    /// Every pair ranks first, or every pair last.
    private static RetrievalResult result(boolean perfect) {
        return WHOLE.run(20, (query, item) -> (query == item) == perfect ? 1 : 0);
    }

    private static Evaluation evaluation(
            String query, String target, boolean perfect, @Nullable Evaluation backward) {
        return new Evaluation(
                query,
                target,
                Split.TEST,
                result(perfect),
                null,
                null,
                null,
                null,
                null,
                0,
                backward);
    }

    private static String page(@Nullable Evaluation backward) {
        StudyRun run =
                new StudyRun(
                        Family.COS_SIM,
                        "0123456789abcdef",
                        new Provenance(
                                "recipes",
                                "data",
                                1,
                                "c0ffee",
                                Map.of("djl", "1"),
                                Map.of("alignment", "NONE"),
                                Instant.EPOCH,
                                3),
                        Map.of(),
                        evaluation("image", "recipe", true, backward));
        return StudyPage.of(Study.of(List.of(run)), "gimbal reproduce recipes --out DIR");
    }

    @Test
    void bothWaysStandBesideChanceWithTheirIntervals() {
        assertThat(page(evaluation("recipe", "image", false, null)))
                .contains("among all 20 pairs")
                .contains("| image to recipe, **Cos-Sim** | 1.000 (1.000 to 1.000) |")
                .contains("| recipe to image, **Cos-Sim** | 0.000 (0.000 to 0.000) |")
                .contains("| 20.0 (20.0 to 20.0) |")
                .contains("| image to recipe, chance | 0.050 | 0.250 | 0.500 | 10.5 |")
                .doesNotContain("Paper");
    }

    @Test
    void aModelThatLeadsOneWayHasNoRowsOfTheOther() {
        assertThat(page(null))
                .contains("image to recipe, chance")
                .doesNotContain("recipe to image");
    }

    @Test
    void severalDrawsHaveNoBootstrapIntervals() {
        assertThat(new RetrievalProtocol(10, 3, 1).run(20, (_, _) -> 0).intervals()).isEmpty();
        assertThat(WHOLE.fitting(30)).isEqualTo(WHOLE);
        assertThat(WHOLE.fitting(8)).isEqualTo(new RetrievalProtocol(8, 1, 1));
    }
}
