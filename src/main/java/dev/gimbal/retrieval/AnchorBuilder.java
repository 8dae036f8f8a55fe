package dev.gimbal.retrieval;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Value;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.embedding.Posterior;
import dev.gimbal.family.Locus;
import dev.gimbal.family.Similarity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Gathers a query's parts into one anchor.
///
/// Parts with positive weight from which z is inferred become one posterior, the product of
/// experts. Parts of the target's own modality, and parts with negative weight, are loci that are
/// added by weight. For a model of any subset of modalities, parts of different modalities that
/// count once are one observation, which its own rule makes one belief of, the target's own
/// modality among them. For one request and one thread.
final class AnchorBuilder {
    private record Place(double weight, Locus locus) {}

    private record Own(double weight, float[] vector) {}

    private final Embedder embedder;
    private final String target;
    private final Steering steering;
    private final Stopwatch watch;

    private record Observation(String field, double weight, Map<String, Value> values) {}

    private final List<Observation> observations = new ArrayList<>();
    private final List<Posterior> posteriors = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();
    private final List<Map<String, Value>> inferredFrom = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final List<Own> own = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();

    AnchorBuilder(Embedder embedder, String target, Steering steering, Stopwatch watch) {
        this.embedder = embedder;
        this.target = target;
        this.steering = steering;
        this.watch = watch;
    }

    /// Values from outside, or an item's.
    void observed(String field, double weight, Map<String, Value> values) {
        observations.add(new Observation(field, weight, values));
    }

    /// Parts of different modalities that count once, together, where the model can see them so.
    private List<Observation> together() {
        if (embedder.manifest().architecture().generative() == null) {
            return observations;
        }
        Map<String, Value> values = new TreeMap<>();
        List<String> joined = new ArrayList<>();
        List<Observation> all = new ArrayList<>();
        for (Observation one : observations) {
            if (one.weight() == 1 && Collections.disjoint(values.keySet(), one.values().keySet())) {
                values.putAll(one.values());
                joined.add(one.field());
            } else {
                all.add(one);
            }
        }
        if (!values.isEmpty()) {
            all.addFirst(new Observation(String.join(", ", joined), 1, values));
        }
        return all;
    }

    private void add(Observation one) {
        Map<String, Value> values = one.values();
        if (values.keySet().equals(Set.of(target))) {
            own(one.field(), one.weight(), indexVector(values.values().iterator().next()));
            return;
        }
        Posterior posterior = watch.embed(() -> embedder.infer(target, values));
        fields.add(one.field());
        if (one.weight() > 0) {
            posteriors.add(posterior);
            weights.add(one.weight());
            inferredFrom.add(values);
        } else {
            List<float[]> mean = List.of(posterior.mean());
            Locus locus = watch.embed(() -> embedder.locate(target, mean).getFirst());
            places.add(new Place(one.weight(), locus));
        }
    }

    /// Something that lies in the index space itself.
    void own(String field, double weight, float[] vector) {
        fields.add(field);
        own.add(new Own(weight, vector));
    }

    /// The index vector of a value of the target's modality.
    float[] indexVector(Value value) {
        return watch.embed(() -> embedder.indexVector(target, value));
    }

    Anchor build() {
        together().forEach(this::add);
        if (posteriors.isEmpty()) {
            return fixed();
        }
        double[] expertWeights = weights.stream().mapToDouble(w -> w).toArray();
        Posterior posterior = Experts.product(posteriors, expertWeights);
        Anchor.Locator locator = z -> watch.embed(() -> embedder.locate(target, z));
        if (steering == Steering.OFFSET) {
            Locus rest = locator.locate(List.of(posterior.mean())).getFirst();
            locator = new OffsetLocator(locator, rest, queryEmbedding());
        }
        if (!places.isEmpty() || !own.isEmpty()) {
            double total = weights.stream().mapToDouble(w -> w).sum();
            locator = mixed(locator, total);
        }
        return new Anchor.Latent(
                embedder.bundle().manifest().latentSpace(target), posterior, locator);
    }

    private Anchor.Locator mixed(Anchor.Locator locator, double weight) {
        return z ->
                locator.locate(z).stream()
                        .map(located -> {
                            List<Place> all = new ArrayList<>();
                            all.add(new Place(weight, located));
                            all.addAll(others(located.similarity(), located.scale()));
                            return sum(all);
                        })
                        .toList();
    }

    private Anchor fixed() {
        Similarity similarity = embedder.bundle().manifest().similarity();
        double scale = places.isEmpty() ? 1 : places.getFirst().locus().scale();
        List<Place> all = others(similarity, scale);
        Locus locus =
                all.size() == 1 && all.getFirst().weight() == 1 ? all.getFirst().locus() : sum(all);
        return new Anchor.Fixed(
                locus,
                String.join(", ", fields),
                "no latent factors lead from the query to '%s', so there is nothing to steer or"
                                .formatted(target)
                        + " sample: it is searched from its own index vector");
    }

    /// Own vectors are given the scale of the located parts, so that weights mean the same for
    /// both.
    private List<Place> others(Similarity similarity, double scale) {
        List<Place> all = new ArrayList<>(places);
        for (Own part : own) {
            all.add(new Place(part.weight(), new Locus(part.vector(), similarity, scale, 0)));
        }
        return all;
    }

    private static Locus sum(List<Place> places) {
        return new WeightedLoci(
                        places.stream().map(Place::locus).toList(),
                        places.stream().mapToDouble(Place::weight).toArray())
                .sum();
    }

    private float[] queryEmbedding() {
        Map<String, Value> values = inferredFrom.getFirst();
        if (inferredFrom.size() != 1 || values.size() != 1) {
            throw new BadInputException(
                    "steer", "offset", "steer=offset takes one part of one modality to steer");
        }
        Map.Entry<String, Value> only = values.entrySet().iterator().next();
        Integer queryDimension = embedder.bundle().manifest().indexDimensions().get(only.getKey());
        if (queryDimension == null) {
            throw new BadInputException(
                    "steer",
                    "offset",
                    "modality '%s' has no embedding of its own".formatted(only.getKey()));
        }
        return watch.embed(() -> embedder.indexVector(only.getKey(), only.getValue()));
    }
}
