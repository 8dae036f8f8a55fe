package dev.gimbal.benchmark;

import dev.gimbal.benchmark.PublishedResults.Row;
import dev.gimbal.benchmark.Study.Summary;
import dev.gimbal.bundle.Provenance;
import dev.gimbal.family.Family;
import dev.gimbal.metric.Dci;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A study as a page of Markdown: the paper's numbers beside ours, and every run with its seed.
public final class StudyPage {
    private static final List<String> RETRIEVAL =
            List.of("recallAt1", "recallAt5", "recallAt10", "medianRank");
    private static final String ABSENT = "-";

    private final Study study;
    private final PublishedResults published;
    private final Markdown page = new Markdown();

    private StudyPage(Study study) {
        this.study = study;
        this.published = PublishedResults.of(study.dataset());
    }

    /// The page.
    ///
    /// @param command that makes it
    public static String of(Study study, String command) {
        return new StudyPage(study).write(command);
    }

    private String write(String command) {
        page.line("# Results: " + study.dataset());
        page.line(
                "Written by `"
                        + command
                        + "`; the same numbers with every setting: `"
                        + study.dataset()
                        + ".json`.");
        page.line(
                "Test split. Retrieval: "
                        + drawn()
                        + ", z at its mean, a tie counts against the"
                        + " model. \"Paper\" is "
                        + published.source()
                        + ". Ours: mean ± deviation over "
                        + seeds()
                        + ", which were fixed beforehand; all of them are listed, none is left"
                        + " out. Settings are the presets, chosen on validation data; test data are read"
                        + " for this page only.");
        retrieval();
        latents();
        runs();
        provenance();
        return page.toString();
    }

    private String drawn() {
        RetrievalProtocol protocol = study.runs().getFirst().test().retrieval().protocol();
        return "%d random search sets of %,d".formatted(protocol.draws(), protocol.searchSet());
    }

    private String seeds() {
        return study.runs().stream()
                .map(run -> run.provenance().seed())
                .distinct()
                .map(String::valueOf)
                .collect(Collectors.joining(", ", "seeds ", ""));
    }

    private void retrieval() {
        page.line("## Retrieval");
        page.header("method", "R@1", "R@5", "R@10", "median rank");
        for (Row row : published.retrieval()) {
            page.row(row.method() + ", paper", row.values().stream().map(StudyPage::two));
        }
        for (Summary summary : study.families()) {
            page.row(
                    "**" + title(summary.family()) + "**",
                    RETRIEVAL.stream().map(m -> pm(summary, m)));
        }
        page.endTable();
    }

    private void latents() {
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
            Stream<String> absent = Stream.of(ABSENT, ABSENT, ABSENT);
            page.row(
                    row.method() + ", paper",
                    Stream.concat(row.values().stream().map(StudyPage::two), absent));
        }
        for (Summary summary : measured) {
            boolean aligned = summary.mean().containsKey("aligned.D");
            latent(summary, "raw", !aligned);
            if (aligned) {
                latent(summary, "aligned", true);
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
                            title(summary.family())
                                    + " is aligned by FastICA on the training queries'"
                                    + " z, without labels.");
            case "PROCRUSTES" ->
                    page.line(
                            title(summary.family())
                                    + " is aligned with labels: the rotation that"
                                    + " brings z of the first "
                                    + settings.get("labelled")
                                    + " training examples nearest to their true factors. Its raw row is"
                                    + " what the paper's setting, without any label, gives here.");
            default -> {}
        }
    }

    private void latent(Summary summary, String kind, boolean importance) {
        page.row(
                "**" + title(summary.family()) + "**, " + kind,
                Stream.concat(
                        Stream.of("D", "C", "I").map(m -> pm(summary, kind + "." + m)),
                        Stream.of("D", "C", "I")
                                .map(m -> importance ? pm(summary, "importance." + m) : ABSENT)));
    }

    /// D under other sharpness, since the paper does not print its alpha.
    private void sharpness(List<Summary> measured) {
        page.line("Mean D under other alpha, which the paper leaves open:");
        page.header("method", "alpha 1", "alpha 5", "alpha 10");
        for (Summary summary : measured) {
            List<StudyRun> runs = study.runsOf(summary.family());
            page.row(
                    title(summary.family()) + ", last row above",
                    Stream.of(1, 5, 10)
                            .map(alpha ->
                                    two(
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

    private void runs() {
        page.line("## Every run");
        page.header(
                "family",
                "seed",
                "validation R@1",
                "R@1",
                "R@10",
                "median rank",
                "raw D",
                "aligned D",
                "seconds",
                "model");
        for (StudyRun run : study.runs()) {
            Map<String, Double> m = run.metrics();
            page.row(
                    title(run.family()),
                    Stream.of(
                            String.valueOf(run.provenance().seed()),
                            cell(run.validation(), "recallAt1"),
                            cell(m, "recallAt1"),
                            cell(m, "recallAt10"),
                            cell(m, "medianRank"),
                            cell(m, "raw.D"),
                            cell(m, "aligned.D"),
                            String.format(Locale.ROOT, "%.0f", run.provenance().seconds()),
                            "`" + run.fingerprint().substring(0, 12) + "`"));
        }
        page.endTable();
        page.line(
                study.families().stream()
                        .map(s -> title(s.family()) + " " + s.bestOnValidation())
                        .collect(
                                Collectors.joining(
                                        ", ",
                                        "Best seed by mean reciprocal rank on validation data: ",
                                        ".")));
    }

    private void provenance() {
        page.line("## Provenance");
        page.line(
                "Budget: "
                        + study.families().stream()
                                .map(this::budget)
                                .collect(Collectors.joining("; "))
                        + ".");
        page.line(
                "Data `"
                        + study.dataFingerprint()
                        + "`; trained by commit "
                        + distinct(run -> run.provenance().commit())
                        + " on "
                        + distinct(run -> versions(run.provenance()))
                        + ".");
    }

    private String budget(Summary summary) {
        Map<String, Object> settings =
                study.runsOf(summary.family()).getFirst().provenance().settings();
        List<String> stages = new ArrayList<>();
        stages.add("embedders " + epochs(settings.get("embedders")));
        if (summary.family() != Family.COS_SIM) {
            stages.add("heads " + epochs(settings.get("heads")));
        }
        if (settings.get("joint") instanceof List<?> joint) {
            joint.forEach(stage -> stages.add("joint " + epochs(stage)));
        }
        return title(summary.family()) + ": epochs of " + String.join(", ", stages);
    }

    private static Object epochs(@Nullable Object stage) {
        return stage instanceof Map<?, ?> map && map.get("epochs") instanceof Integer n ? n : 0;
    }

    private String distinct(java.util.function.Function<StudyRun, String> of) {
        return study.runs().stream().map(of).distinct().collect(Collectors.joining("; "));
    }

    private static String versions(Provenance provenance) {
        return provenance.versions().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String title(Family family) {
        return switch (family) {
            case COS_SIM -> "Cos-Sim";
            case COS_SIM_LVM -> "Cos-Sim-LVM";
            case RIVAE -> "RIVAE";
        };
    }

    private static String pm(Summary summary, String metric) {
        Double mean = summary.mean().get(metric);
        Double deviation = summary.deviation().get(metric);
        return mean == null || deviation == null ? ABSENT : two(mean) + " ± " + two(deviation);
    }

    private static String cell(Map<String, Double> metrics, String name) {
        Double value = metrics.get(name);
        return value == null ? ABSENT : two(value);
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
