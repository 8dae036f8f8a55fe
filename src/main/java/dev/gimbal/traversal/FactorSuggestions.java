package dev.gimbal.traversal;

import dev.gimbal.bundle.Factor;
import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.Manifest;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.metric.LogOdds;
import dev.gimbal.metric.PearsonCorrelation;
import dev.gimbal.metric.WordCounts;
import dev.gimbal.retrieval.ActiveModels;
import dev.gimbal.retrieval.Evidence;
import dev.gimbal.retrieval.Part;
import dev.gimbal.retrieval.Query;
import dev.gimbal.retrieval.Stopwatch;
import dev.gimbal.store.Item;
import dev.gimbal.store.Items;
import dev.gimbal.store.SearchCollection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What each factor of a collection's model seems to be about: from some of the collection's own
/// items, every factor is turned from its low to its high end, and what is retrieved there is
/// compared, in words and in numeric attributes. A name that was given by people stays.
@Component
public final class FactorSuggestions {
    private static final int MOST_WORDS = 8;
    private static final int LOOKED_AT = 500;

    /// Words of a name must be surer than this; |z| of a standard normal exceeds it in 1 of 20.
    private static final double SURE = 1.96;

    private static final double CORRELATED = 0.3;

    private final ActiveModels models;
    private final Items items;
    private final LatentTraversal traversal;
    private final ItemWords words;

    public FactorSuggestions(
            ActiveModels models, Items items, LatentTraversal traversal, ItemWords words) {
        this.models = models;
        this.items = items;
        this.traversal = traversal;
        this.words = words;
    }

    /// How much is looked at.
    ///
    /// @param target modality that is retrieved; `null` for the model's first
    /// @param queries items that factors are turned from
    /// @param k hits of each end
    public record Effort(@Nullable String target, int queries, int k) {
        public Effort {
            if (queries < 1 || queries > 100) {
                throw new BadInputException("queries", queries, "must be 1 to 100");
            }
            if (k < 1 || k > 100) {
                throw new BadInputException("k", k, "must be 1 to 100");
            }
        }
    }

    /// An attribute that changes along a factor.
    ///
    /// @param correlation of its value in a hit with the factor's value, with its sign
    public record Attribute(String name, double correlation) {}

    /// One factor.
    ///
    /// @param name that it bears now
    /// @param named whether people gave it; it is then what it should be called
    /// @param suggestion a name from what changes; the present one when nothing does
    /// @param high words of its high end against its low one, surest first
    /// @param low the other way round
    /// @param attributes strongest first
    public record Suggestion(
            int factor,
            String name,
            boolean named,
            String suggestion,
            List<LogOdds.Word> high,
            List<LogOdds.Word> low,
            List<Attribute> attributes) {}

    /// What was found.
    ///
    /// @param target modality that the factors lead to
    public record Suggestions(String target, List<Suggestion> factors) {}

    /// Every factor that leads to the target.
    ///
    /// @throws BadInputException when no item of the collection can be traversed from
    public Suggestions of(SearchCollection collection, Effort effort, Stopwatch watch) {
        Manifest manifest = models.of(collection, null).manifest();
        LatentSpace space =
                effort.target() == null
                        ? manifest.latentSpaces().getFirst()
                        : manifest.latentSpace(effort.target());
        List<Ends> ends = space.factors().stream().map(_ -> new Ends()).toList();
        for (Item item : queries(collection, space, effort.queries())) {
            Evidence evidence = new Evidence.Stored(item.externalId(), space.queries().getFirst());
            Query query = Query.of(Part.of(evidence)).withTarget(space.target()).withK(effort.k());
            Sweep sweep = new Sweep(List.of(), List.of(), 3, Sweep.Span.PERCENTILES, -1, 1);
            List<LatentTraversal.Column> columns =
                    traversal.run(collection, query, Map.of(), sweep, watch).columns();
            for (int j = 0; j < columns.size(); j++) {
                ends.get(j).add(columns.get(j));
            }
        }
        List<Item> all = ends.stream().flatMap(Ends::items).toList();
        Map<UUID, List<String>> found = words.of(collection, all);
        WordCounts background = words.background(collection);
        List<Suggestion> suggestions = new ArrayList<>();
        for (int j = 0; j < ends.size(); j++) {
            suggestions.add(suggestion(j, space.factors().get(j), ends.get(j), found, background));
        }
        return new Suggestions(space.target(), suggestions);
    }

    /// Items that carry the query modality, evenly spaced among the first ones.
    private List<Item> queries(SearchCollection collection, LatentSpace space, int most) {
        List<Item> able =
                items.list(collection.name(), null, LOOKED_AT).stream()
                        .filter(item -> item.modalities().contains(space.queries().getFirst()))
                        .toList();
        if (able.isEmpty()) {
            throw new BadInputException(
                    "collection",
                    collection.name(),
                    "none of its first %d items carries '%s', from which factors are inferred"
                            .formatted(LOOKED_AT, space.queries().getFirst()));
        }
        int count = Math.min(most, able.size());
        List<Item> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chosen.add(able.get(i * able.size() / count));
        }
        return chosen;
    }

    private static Suggestion suggestion(
            int j, Factor factor, Ends ends, Map<UUID, List<String>> found, WordCounts background) {
        List<LogOdds.Word> scored =
                LogOdds.STANDARD.of(counts(ends.high, found), counts(ends.low, found), background);
        List<LogOdds.Word> high =
                scored.stream().filter(w -> w.z() > SURE).limit(MOST_WORDS).toList();
        List<LogOdds.Word> low =
                scored.reversed().stream().filter(w -> w.z() < -SURE).limit(MOST_WORDS).toList();
        List<Attribute> attributes = ends.attributes();
        boolean named = factor.isNamed(j);
        return new Suggestion(
                j,
                factor.name(),
                named,
                named ? factor.name() : name(factor.name(), high, low, attributes),
                high,
                low,
                attributes);
    }

    /// A strongly correlated attribute; else `WORD ... to WORD ...`, low end first.
    private static String name(
            String present,
            List<LogOdds.Word> high,
            List<LogOdds.Word> low,
            List<Attribute> attributes) {
        if (!attributes.isEmpty() && Math.abs(attributes.getFirst().correlation()) > CORRELATED) {
            Attribute first = attributes.getFirst();
            return (first.correlation() < 0 ? "less " : "more ") + first.name();
        }
        if (high.isEmpty() && low.isEmpty()) {
            return present;
        }
        return (low.isEmpty() ? "other" : low.getFirst().word())
                + " to "
                + (high.isEmpty() ? "other" : high.getFirst().word());
    }

    private static WordCounts counts(List<Item> hits, Map<UUID, List<String>> found) {
        return WordCounts.of(
                hits.stream().map(item -> found.getOrDefault(item.key(), List.of())).toList());
    }

    /// What was retrieved at the ends of one factor, over all queries. For one thread.
    private static final class Ends {
        private final List<Item> low = new ArrayList<>();
        private final List<Item> high = new ArrayList<>();
        private final Map<String, List<double[]>> numbers = new TreeMap<>();

        Stream<Item> items() {
            return Stream.concat(low.stream(), high.stream());
        }

        void add(LatentTraversal.Column column) {
            low.addAll(hits(column.steps().getFirst()));
            high.addAll(hits(column.steps().getLast()));
            for (LatentTraversal.Step step : column.steps()) {
                for (Item item : hits(step)) {
                    item.attributes()
                            .properties()
                            .forEach(attribute -> {
                                if (attribute.getValue().isNumber()) {
                                    numbers.computeIfAbsent(
                                                    attribute.getKey(), _ -> new ArrayList<>())
                                            .add(
                                                    new double[] {
                                                        step.deviations(),
                                                        attribute.getValue().doubleValue()
                                                    });
                                }
                            });
                }
            }
        }

        private static List<Item> hits(LatentTraversal.Step step) {
            return step.hits().stream().map(moved -> moved.hit().item()).toList();
        }

        List<Attribute> attributes() {
            return numbers.entrySet().stream()
                    .filter(entry -> entry.getValue().size() > 1)
                    .map(entry ->
                            new Attribute(
                                    entry.getKey(),
                                    PearsonCorrelation.of(
                                            column(entry.getValue(), 0),
                                            column(entry.getValue(), 1))))
                    .sorted(Comparator.comparingDouble((Attribute a) -> -Math.abs(a.correlation())))
                    .limit(MOST_WORDS)
                    .toList();
        }

        private static double[] column(List<double[]> rows, int at) {
            return rows.stream().mapToDouble(row -> row[at]).toArray();
        }
    }
}
