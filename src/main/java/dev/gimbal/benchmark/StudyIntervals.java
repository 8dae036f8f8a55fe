package dev.gimbal.benchmark;

import dev.gimbal.benchmark.Study.Summary;
import dev.gimbal.metric.Bootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The part of a page that shows, where the test split is so small that it was searched whole, what
/// each number might be on another such split, beside chance; each way that models lead.
final class StudyIntervals {
    private static final List<String> RECALLS = List.of("recallAt1", "recallAt5", "recallAt10");
    private static final String MEDIAN = "medianRank";

    private final Study study;
    private final Markdown page;

    StudyIntervals(Study study, Markdown page) {
        this.study = study;
        this.page = page;
    }

    void write() {
        if (study.runs().stream().allMatch(run -> run.test().retrieval().intervals().isEmpty())) {
            return;
        }
        page.line("## How far a small test split can be trusted");
        page.line(
                "In brackets: the middle 95 % of 2,000 resamples of the queries (bootstrap), for each"
                        + " family's run of the seed that was best on validation data.");
        page.header("way and method", "R@1", "R@5", "R@10", "median rank");
        rows(run -> List.of(run.test()));
        rows(run -> {
            Evaluation back = run.test().backward();
            return back == null ? List.of() : List.of(back);
        });
        page.endTable();
    }

    private void rows(java.util.function.Function<StudyRun, List<Evaluation>> way) {
        List<Evaluation> shown = new ArrayList<>();
        for (Summary summary : study.families()) {
            for (StudyRun run : study.runsOf(summary.family())) {
                if (run.provenance().seed() == summary.bestOnValidation()) {
                    for (Evaluation evaluation : way.apply(run)) {
                        shown.add(evaluation);
                        page.row(
                                way(evaluation) + ", **" + Cells.title(run.family()) + "**",
                                cells(evaluation.retrieval()));
                    }
                }
            }
        }
        if (!shown.isEmpty()) {
            Evaluation first = shown.getFirst();
            page.row(way(first) + ", chance", chance(first.retrieval().protocol().searchSet()));
        }
    }

    private static String way(Evaluation evaluation) {
        return evaluation.query() + " to " + evaluation.target();
    }

    private static Stream<String> cells(RetrievalResult result) {
        return Stream.concat(
                RECALLS.stream().map(metric -> cell(result, metric, "%.3f")),
                Stream.of(cell(result, MEDIAN, "%.1f")));
    }

    private static String cell(RetrievalResult result, String metric, String format) {
        Map<String, Bootstrap.Interval> intervals = result.intervals();
        Double value = result.mean().get(metric);
        Bootstrap.Interval interval = intervals.get(metric);
        if (value == null) {
            return Cells.ABSENT;
        }
        return interval == null
                ? String.format(Locale.ROOT, format, value)
                : String.format(
                        Locale.ROOT,
                        format + " (" + format + " to " + format + ")",
                        value,
                        interval.low(),
                        interval.high());
    }

    /// An order of n items that knows nothing: recall k / n, median rank (n + 1) / 2.
    private static Stream<String> chance(int items) {
        return Stream.concat(
                Stream.of(1, 5, 10)
                        .map(k ->
                                String.format(
                                        Locale.ROOT, "%.3f", Math.min(1, k / (double) items))),
                Stream.of(String.format(Locale.ROOT, "%.1f", (items + 1) / 2.0)));
    }
}
