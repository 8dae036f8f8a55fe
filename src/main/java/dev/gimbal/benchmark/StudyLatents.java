package dev.gimbal.benchmark;

import dev.gimbal.benchmark.PublishedResults.Row;
import dev.gimbal.benchmark.Study.Summary;
import dev.gimbal.family.Family;
import dev.gimbal.metric.Dci;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The part of a study's page that is about latent factors: D/C/I raw and aligned.
record StudyLatents(Study study, PublishedResults published, Markdown page) {

    /// Appends the section; nothing when no family has latents to measure.
    void write() {
        List<Summary> measured =
                study.families().stream()
                        .filter(s -> s.family() != Family.COS_SIM && s.mean().containsKey("raw.D"))
                        .toList();
        if (measured.isEmpty()) {
            return;
        }
        page.line("## Latent factors");
        page.line(
                "D/C/I of the paper's Sec. 3.2: traversals of %d steps from the 1st to the 99th"
                                .formatted(TraversalProtocol.STANDARD.steps())
                        + " percentile of the training queries' z, from "
                        + study.runs().getFirst().test().queries()
                        + " test queries, rho(c) = exp(10 c). \"Raw\": axes as trained. \"Importance\":"
                        + " D/C/I from boosted trees, on the axes of the last row of each family.");
        measured.forEach(this::alignment);
        page.header("method", "D", "C", "I", "importance D", "importance C", "importance I");
        for (Row row : published.latents()) {
            Stream<String> absent = Stream.of(Cells.ABSENT, Cells.ABSENT, Cells.ABSENT);
            page.row(
                    row.method() + ", paper",
                    Stream.concat(row.values().stream().map(Cells::two), absent));
        }
        for (Summary summary : measured) {
            boolean aligned = summary.mean().containsKey("aligned.D");
            latent(summary, "raw", !aligned);
            if (aligned) {
                latent(summary, "aligned", true);
            }
            if (summary.mean().containsKey("backward.raw.D")) {
                latent(summary, "backward." + (aligned ? "aligned" : "raw"), true);
            }
        }
        page.endTable();
        sharpness(measured);
    }

    private void alignment(Summary summary) {
        Map<String, Object> settings =
                study.runsOf(summary.family()).getFirst().provenance().settings();
        switch (String.valueOf(settings.get("alignment"))) {
            case "FASTICA" ->
                    page.line(
                            """
                            %s is aligned by FastICA on the training queries' z, without labels.\
                            """
                                    .formatted(Cells.title(summary.family())));
            case "PROCRUSTES" ->
                    page.line(
                            """
                            %s is aligned with labels: the rotation that brings z of the first %s \
                            training examples nearest to their true factors. Its raw row is what \
                            the paper's setting, without any label, gives here; the other \
                            families have no such step, so compare raw with raw.\
                            """
                                    .formatted(
                                            Cells.title(summary.family()),
                                            settings.get("labelled")));
            default -> {}
        }
    }

    private void latent(Summary summary, String kind, boolean importance) {
        page.row(
                "**" + Cells.title(summary.family()) + "**, " + named(kind),
                Stream.concat(
                        Stream.of("D", "C", "I").map(m -> Cells.pm(summary, kind + "." + m)),
                        Stream.of("D", "C", "I")
                                .map(m ->
                                        importance
                                                ? Cells.pm(summary, way(kind) + "importance." + m)
                                                : Cells.ABSENT)));
    }

    private static String way(String kind) {
        return kind.startsWith("backward.") ? "backward." : "";
    }

    private static String named(String kind) {
        return way(kind).isEmpty() ? kind : kind.replace("backward.", "") + ", the way back";
    }

    /// D under other sharpness, since the paper does not print its alpha.
    private void sharpness(List<Summary> measured) {
        page.line("Mean D under other alpha, which the paper leaves open:");
        page.header("method", "alpha 1", "alpha 5", "alpha 10");
        for (Summary summary : measured) {
            List<StudyRun> runs = study.runsOf(summary.family());
            page.row(
                    Cells.title(summary.family()) + ", last row above",
                    Stream.of(1, 5, 10)
                            .map(alpha ->
                                    Cells.two(
                                            runs.stream()
                                                    .mapToDouble(run -> disentanglement(run, alpha))
                                                    .average()
                                                    .orElseThrow())));
        }
        page.endTable();
    }

    private static double disentanglement(StudyRun run, int alpha) {
        TraversalResult traversal = run.test().aligned();
        if (traversal == null) {
            throw new IllegalStateException("no traversal in run " + run.fingerprint());
        }
        return Dci.of(traversal.correlations(), alpha).disentanglement();
    }
}
