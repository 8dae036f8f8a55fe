package dev.gimbal.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.bundle.Provenance;
import dev.gimbal.dataset.Split;
import dev.gimbal.family.Family;
import dev.gimbal.metric.Dci;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyTest {
    private static final double[][] ONE_TO_ONE = {{1, 0}, {0, 1}};
    private static final double[][] EVEN = {{.5, .5}, {.5, .5}};

    @Test
    void aFamilyIsSummedUpByMeanAndDeviationOverItsSeeds() {
        Study study =
                Study.of(
                        List.of(
                                run(Family.RIVAE, 1, .4, .9, "data"),
                                run(Family.RIVAE, 2, .6, .8, "data"),
                                run(Family.COS_SIM_LVM, 1, .1, .1, "data")));

        Study.Summary rivae = study.families().getFirst();

        assertThat(study.families())
                .extracting(Study.Summary::family)
                .containsExactly(Family.RIVAE, Family.COS_SIM_LVM);
        assertThat(rivae.mean().get("recallAt1")).isEqualTo(.5, within(1e-12));
        assertThat(rivae.deviation().get("recallAt1")).isEqualTo(.1 * Math.sqrt(2), within(1e-12));
        assertThat(rivae.mean().get("raw.D")).isEqualTo(0, within(1e-9));
        assertThat(rivae.mean().get("aligned.D")).isGreaterThan(.99);
    }

    @Test
    void theBestSeedIsChosenOnValidationDataAndNotOnTestData() {
        Study study =
                Study.of(
                        List.of(
                                run(Family.RIVAE, 1, .4, .9, "data"),
                                run(Family.RIVAE, 2, .6, .8, "data")));

        assertThat(study.families().getFirst().bestOnValidation()).isEqualTo(1);
    }

    @Test
    void theBestSeedIsBestOnAverageOverTheWaysThatAModelLeads() {
        StudyRun there =
                run(
                        Family.RIVAE,
                        1,
                        .4,
                        Map.of("meanReciprocalRank", .9, "backward.meanReciprocalRank", .1),
                        LABELLED);
        StudyRun both =
                run(
                        Family.RIVAE,
                        2,
                        .4,
                        Map.of("meanReciprocalRank", .6, "backward.meanReciprocalRank", .6),
                        LABELLED);

        assertThat(Study.of(List.of(there, both)).families().getFirst().bestOnValidation())
                .isEqualTo(2);
    }

    @Test
    void runsOnDifferentDataAreNotOneStudy() {
        assertThatThrownBy(() ->
                        Study.of(
                                List.of(
                                        run(Family.RIVAE, 1, .4, .9, "data"),
                                        run(Family.RIVAE, 2, .4, .9, "other"))))
                .hasMessageContaining("other data");
    }

    @Test
    void thePageShowsThePapersNumbersOursAndEverySeed() {
        Study study =
                Study.of(
                        List.of(
                                run(Family.RIVAE, 1, .4, .9, "data"),
                                run(Family.RIVAE, 7, .6, .8, "data"),
                                run(Family.COS_SIM_LVM, 1, .1, .1, "data")));

        String page = StudyPage.of(study, "gimbal reproduce synth --out DIR");

        assertThat(page)
                .contains("| RIVAE, paper | 0.35 | 0.80 | 0.92 | 2.00 |")
                .contains("| **RIVAE** | 0.50 ± 0.14 |")
                .contains("| **RIVAE**, aligned | 1.00 ± 0.00 |")
                .contains("| **Cos-Sim-LVM**, raw | 1.00 |")
                .contains("deviation over seeds 1, 7 of RIVAE, seed 1 of Cos-Sim-LVM;")
                .contains("| RIVAE | 7 |")
                .contains("among the first 2,000 validation examples at most")
                .contains("first 20 training examples")
                .contains("RIVAE: epochs of embedders 10, heads 5, joint 60")
                .doesNotContain("**Cos-Sim-LVM**, aligned");
    }

    @Test
    void oneRunHasNoDeviation() {
        Study study = Study.of(List.of(run(Family.RIVAE, 3, .4, .9, "data")));

        assertThat(study.families().getFirst().deviation()).isEmpty();
        assertThat(StudyPage.of(study, "the command"))
                .contains("| **RIVAE** | 0.40 | 0.40 | 0.40 | 2.00 |")
                .contains("deviation over seed 3;")
                .doesNotContain("± 0.00");
    }

    @Test
    void theBudgetCountsStartsAndNamesClosedForms() {
        StudyRun fromStarts = run(Family.RIVAE, 1, .4, Map.of("recallAt1", .9), FROM_STARTS);
        StudyRun closed = run(Family.RIVAE, 1, .4, Map.of("recallAt1", .9), CLOSED_FORM);

        assertThat(StudyPage.of(Study.of(List.of(fromStarts)), "the command"))
                .contains(
                        "RIVAE: epochs of embedders 10, heads 5, joint 3, joint 60, once more from"
                                + " the cleanest of 4 starts");
        assertThat(StudyPage.of(Study.of(List.of(closed)), "the command"))
                .contains("RIVAE: embedders in closed form, epochs of heads 20.");
    }

    private static final Map<String, Object> LABELLED =
            Map.of(
                    "alignment", "PROCRUSTES",
                    "labelled", 20,
                    "embedders", Map.of("epochs", 10),
                    "heads", Map.of("epochs", 5),
                    "joint", List.of(Map.of("epochs", 60)));
    private static final Map<String, Object> FROM_STARTS =
            Map.of(
                    "charts", 4,
                    "embedders", Map.of("epochs", 10),
                    "heads", Map.of("epochs", 5),
                    "joint", List.of(Map.of("epochs", 3), Map.of("epochs", 60)));
    private static final Map<String, Object> CLOSED_FORM =
            Map.of(
                    "charts", 1,
                    "canonical", Map.of("power", 2),
                    "embedders", Map.of("epochs", 0),
                    "heads", Map.of("epochs", 20),
                    "joint", List.of());

    private static StudyRun run(
            Family family, long seed, double recall, double validation, String data) {
        return run(
                family,
                seed,
                recall,
                Map.of("meanReciprocalRank", validation, "recallAt1", validation),
                family == Family.RIVAE ? LABELLED : Map.of("alignment", "NONE"),
                data);
    }

    private static StudyRun run(
            Family family,
            long seed,
            double recall,
            Map<String, Double> validation,
            Map<String, Object> settings) {
        return run(family, seed, recall, validation, settings, "data");
    }

    private static StudyRun run(
            Family family,
            long seed,
            double recall,
            Map<String, Double> validation,
            Map<String, Object> settings,
            String data) {
        boolean rivae = family == Family.RIVAE;
        RetrievalResult retrieval =
                new RetrievalResult(
                        RetrievalProtocol.standard(1),
                        Map.of(
                                "recallAt1", recall,
                                "recallAt5", recall,
                                "recallAt10", recall,
                                "medianRank", 2.0),
                        Map.of(),
                        List.of(),
                        null,
                        Map.of());
        return new StudyRun(
                family,
                "0123456789abcdef",
                new Provenance(
                        "synth",
                        data,
                        seed,
                        "c0ffee",
                        Map.of("djl", "1"),
                        settings,
                        Instant.EPOCH,
                        3),
                validation,
                new Evaluation(
                        "x1",
                        "x2",
                        Split.TEST,
                        retrieval,
                        rivae ? new AtRest(retrieval, retrieval) : null,
                        null,
                        TraversalResult.of(List.of("a", "b"), ONE_TO_ONE),
                        rivae ? TraversalResult.of(List.of("a", "b"), EVEN) : null,
                        new Dci(.5, .6, .7),
                        200,
                        null));
    }
}
