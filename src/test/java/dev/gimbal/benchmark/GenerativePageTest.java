package dev.gimbal.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.bundle.Provenance;
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
                .contains("20,350 steps of 100 examples")
                .contains("at least the 20,000 that settings ask for")
                .contains("` | 1 | 20350 | 3 |")
                .doesNotContain("at most");
    }

    private static String page(GenerativeRun... runs) {
        return GenerativePage.of(List.of(runs), List.of(), "the command");
    }

    private static GenerativeRun run(Family family, long seed) {
        return new GenerativeRun(
                family,
                "",
                20_350,
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
                        Map.of("mnist->street", .5),
                        .25,
                        Map.of(),
                        Map.of(),
                        Map.of("mnist->street", new ClassSearch(.1, .2, .3)),
                        -10 * seed,
                        64,
                        Map.of("mnist", .99)));
    }
}
