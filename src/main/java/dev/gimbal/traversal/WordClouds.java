package dev.gimbal.traversal;

import dev.gimbal.metric.LogOdds;
import dev.gimbal.metric.WordCounts;
import dev.gimbal.retrieval.Query;
import dev.gimbal.retrieval.Stopwatch;
import dev.gimbal.store.Item;
import dev.gimbal.store.SearchCollection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// What is retrieved along a factor, in words (Figs. 5 and 10 of Kim et al. 2020): for each step,
/// the words that set its hits apart from the collection, sized by their log-odds.
@Component
public final class WordClouds {
    private final LatentTraversal traversal;
    private final ItemWords words;

    public WordClouds(LatentTraversal traversal, ItemWords words) {
        this.traversal = traversal;
        this.words = words;
    }

    /// The words of one step.
    ///
    /// @param deviations where the step stands, in aggregated deviations
    /// @param words largest log-odds first
    public record Cloud(double deviations, List<LogOdds.Word> words) {}

    /// One factor's clouds.
    public record Column(String name, List<Cloud> clouds) {}

    /// All of them, with the traversal that they are of.
    public record Result(LatentTraversal.Result traversal, List<Column> columns) {}

    /// Traverses and counts.
    ///
    /// @param query its k says how many hits a cloud is made of
    /// @param most words of one cloud
    public Result run(
            SearchCollection collection, Query query, Sweep sweep, int most, Stopwatch watch) {
        LatentTraversal.Result result = traversal.run(collection, query, Map.of(), sweep, watch);
        Map<UUID, List<String>> found = words.of(collection, items(result).toList());
        WordCounts background = words.background(collection);
        List<Column> columns =
                result.columns().stream()
                        .map(column ->
                                new Column(
                                        column.name(),
                                        column.steps().stream()
                                                .map(step -> cloud(step, found, background, most))
                                                .toList()))
                        .toList();
        return new Result(result, columns);
    }

    private static Stream<Item> items(LatentTraversal.Result result) {
        return result.columns().stream()
                .flatMap(column -> column.steps().stream())
                .flatMap(step -> step.hits().stream())
                .map(moved -> moved.hit().item());
    }

    private static Cloud cloud(
            LatentTraversal.Step step,
            Map<UUID, List<String>> found,
            WordCounts background,
            int most) {
        WordCounts here =
                WordCounts.of(
                        step.hits().stream()
                                .map(moved ->
                                        found.getOrDefault(moved.hit().item().key(), List.of()))
                                .toList());
        List<LogOdds.Word> typical =
                LogOdds.STANDARD.of(here, background, background).stream()
                        .filter(word -> word.z() > 0)
                        .limit(most)
                        .toList();
        return new Cloud(step.deviations(), typical);
    }
}
