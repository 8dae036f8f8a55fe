package dev.gimbal.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.bundle.Provenance;
import dev.gimbal.dataset.Split;
import dev.gimbal.distribution.Likelihood.Kind;
import dev.gimbal.family.Family;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenerativePageTest {
    @Test
    void theStepsAreThoseThatWereTaken() {
        String page = page(run(Family.DMVAE, 1));

        assertThat(page)
                .contains("19,800 steps of 100 examples")
                .contains("as the 20,000 that settings allow hold")
                .contains("` | 1 | 19800 | 3 |");
    }

    @Test
    void logLikelihoodsStandBesideEachOtherWhereTheirKindsDo() {
        String page = page(run(Family.DMVAE, 1), run(Family.MVAE, 2), run(Family.MMVAE, 3));

        assertThat(page)
                .contains("K = 64, mean of 500 test examples")
                .contains("mnist bernoulli for DMVAE; mnist bernoulli for MVAE; mnist laplace for")
                .contains("| **DMVAE** | 50.0 / 40.0 | 25.0 | -10.0 |")
                .contains("| **MVAE** | 50.0 / 40.0 | 25.0 | -20.0 |")
                .contains("| **MMVAE** | 50.0 / 40.0 | 25.0 | - |");
    }

    private static String page(GenerativeRun... runs) {
        return GenerativePage.of(List.of(runs), List.of(), "the command");
    }

    private static GenerativeRun run(Family family, long seed) {
        return new GenerativeRun(
                family,
                "",
                Map.of("mnist", family == Family.MMVAE ? Kind.LAPLACE : Kind.BERNOULLI),
                19_800,
                "0123456789abcdef",
                new Provenance(
                        "mnist-street",
                        "data",
                        seed,
                        "c0ffee",
                        Map.of("djl", "1"),
                        Map.of("steps", 20_000, "batchSize", 100),
                        Instant.EPOCH,
                        3),
                Map.of("loss", 7.0),
                new GenerativeEvaluation(
                        Split.TEST,
                        Map.of("mnist->street", .5),
                        Map.of("mnist->street", .4),
                        .25,
                        new ClassEvaluation(
                                Map.of(),
                                Map.of(),
                                Map.of("mnist->street", new ClassSearch(.1, .2, .3))),
                        -10 * seed,
                        64,
                        500,
                        Map.of("mnist", .99)));
    }
}
