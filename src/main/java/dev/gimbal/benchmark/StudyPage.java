package dev.gimbal.benchmark;

import dev.gimbal.benchmark.PublishedResults.Row;
import dev.gimbal.benchmark.Study.Summary;
import dev.gimbal.bundle.Provenance;
import dev.gimbal.family.Family;
import dev.gimbal.family.RetrievalScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
                """
                Written by `%s`; the same numbers with every setting: `%s.json`.

                Test split. Retrieval: %s, z at its mean, a tie counts against the model. %sOurs: \
                mean ± deviation over %s; every run is listed below.\
                """
                        .formatted(command, study.dataset(), drawn(), paper(), seeds()));
        if (!published.caution().isEmpty()) {
            page.line(published.caution());
        }
        retrieval();
        new StudyIntervals(study, page).write();
        latents();
        runs();
        provenance();
        return page.toString();
    }

    private String drawn() {
        RetrievalProtocol protocol = study.runs().getFirst().test().retrieval().protocol();
        return protocol.draws() == 1
                ? "among all %,d pairs".formatted(protocol.searchSet())
                : "%d random search sets of %,d".formatted(protocol.draws(), protocol.searchSet());
    }

    private String paper() {
        return published.retrieval().isEmpty()
                ? ""
                : "\"Paper\" is %s. ".formatted(published.source());
    }

    /// Once where all families have the same.
    private String seeds() {
        Map<List<Long>, String> families =
                study.families().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Summary::seeds,
                                        LinkedHashMap::new,
                                        Collectors.mapping(
                                                summary -> Cells.title(summary.family()),
                                                Collectors.joining(" and "))));
        return families.entrySet().stream()
                .map(entry ->
                        seeds(entry.getKey())
                                + (families.size() == 1 ? "" : " of " + entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String seeds(List<Long> seeds) {
        return seeds.stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", ", seeds.size() == 1 ? "seed " : "seeds ", ""));
    }

    private void retrieval() {
        page.line("## Retrieval");
        page.header("method", "R@1", "R@5", "R@10", "median rank");
        for (Row row : published.retrieval()) {
            page.row(row.method() + ", paper", row.values().stream().map(Cells::two));
        }
        boolean back = study.runs().getFirst().test().backward() != null;
        ways(back ? "" : null, study.runs().getFirst().test());
        page.endTable();
    }

    /// The rows of one way, then those of the way back.
    private void ways(@Nullable String prefix, Evaluation first) {
        String way = prefix == null ? "" : ", %s to %s".formatted(first.query(), first.target());
        String metrics = prefix == null ? "" : prefix;
        for (Summary summary : study.families()) {
            String title = Cells.title(summary.family()) + way;
            page.row(
                    "**" + Cells.title(summary.family()) + "**" + way,
                    RETRIEVAL.stream().map(m -> Cells.pm(summary, metrics + m)));
            if (summary.family() != Family.COS_SIM) {
                known(summary, title + ", the cosine of its embeddings", metrics + "embeddings.");
                known(summary, title + ", `steer=offset` at rest", metrics + "offset.");
            }
        }
        known(study.families().getFirst(), "true factors" + way, metrics + "oracle.");
        if (first.backward() != null) {
            ways("backward.", first.backward());
        }
    }

    /// A row of figures, where they were measured.
    private void known(Summary summary, String title, String prefix) {
        if (summary.mean().containsKey(prefix + RETRIEVAL.getFirst())) {
            page.row(title, RETRIEVAL.stream().map(m -> Cells.pm(summary, prefix + m)));
        }
    }

    private void latents() {
        new StudyLatents(study, published, page).write();
    }

    private void runs() {
        page.line("## Every run");
        page.line(
                "Validation is among the first %,d validation examples at most. Seconds are wall time, whatever else the machine was doing."
                        .formatted(RetrievalScore.EXAMPLES));
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
                    Cells.title(run.family()),
                    Stream.of(
                            String.valueOf(run.provenance().seed()),
                            Cells.cell(run.validation(), "recallAt1"),
                            Cells.cell(m, "recallAt1"),
                            Cells.cell(m, "recallAt10"),
                            Cells.cell(m, "medianRank"),
                            Cells.cell(m, "raw.D"),
                            Cells.cell(m, "aligned.D"),
                            String.format(Locale.ROOT, "%.0f", run.provenance().seconds()),
                            "`" + run.fingerprint().substring(0, 12) + "`"));
        }
        page.endTable();
        page.line(
                study.families().stream()
                        .map(s -> Cells.title(s.family()) + " " + s.bestOnValidation())
                        .collect(
                                Collectors.joining(
                                        ", ",
                                        "Best seed by mean reciprocal rank on validation data, on average over the ways that a model leads: ",
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
        List<String> parts = new ArrayList<>();
        if (settings.get("canonical") != null) {
            parts.add("embedders in closed form");
        }
        if (summary.family() == Family.RIVAE && settings.get("linearStart") != null) {
            parts.add("heads from a closed form");
        }
        List<String> stages = stages(summary.family(), settings);
        if (!stages.isEmpty()) {
            parts.add("epochs of " + String.join(", ", stages));
        }
        if (summary.family() == Family.RIVAE
                && settings.get("charts") instanceof Integer charts
                && charts > 1) {
            parts.add(
                    "once more from the cleanest of %d starts, each trained up to the first alignment"
                            .formatted(charts));
        }
        return Cells.title(summary.family()) + ": " + String.join(", ", parts);
    }

    /// Those that descend, with their epochs; a closed form has none.
    private static List<String> stages(Family family, Map<String, Object> settings) {
        List<String> stages = new ArrayList<>();
        if (settings.get("canonical") == null) {
            stages.addAll(stage("embedders", settings.get("embedders")));
        }
        if (family != Family.COS_SIM) {
            stages.addAll(stage("heads", settings.get("heads")));
        }
        if (settings.get("joint") instanceof List<?> joint) {
            joint.forEach(stage -> stages.addAll(stage("joint", stage)));
        }
        return stages;
    }

    private static List<String> stage(String name, @Nullable Object stage) {
        return stage instanceof Map<?, ?> map && map.get("epochs") instanceof Integer n && n > 0
                ? List.of(name + " " + n)
                : List.of();
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
}
