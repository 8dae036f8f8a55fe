package dev.gimbal.retrieval;

import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.Manifest;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Value;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.store.Embeddings;
import dev.gimbal.store.Filter;
import dev.gimbal.store.Item;
import dev.gimbal.store.Items;
import dev.gimbal.store.NotFoundException;
import dev.gimbal.store.Payload;
import dev.gimbal.store.SearchCollection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Turns a query into a [Course]: chooses the target, reads stored items, and infers or looks up
/// where each part stands.
@Component
public final class Navigator {
    private final ActiveModels models;
    private final Items items;
    private final Embeddings embeddings;

    public Navigator(ActiveModels models, Items items, Embeddings embeddings) {
        this.models = models;
        this.items = items;
        this.embeddings = embeddings;
    }

    /// One part with its item read and its modality settled: `value` for what has to be embedded,
    /// `stored` for an item whose index vector the database holds.
    private record Sighting(
            String field,
            double weight,
            @Nullable Map<String, Value> values,
            @Nullable Item item) {}

    /// Resolves a query.
    ///
    /// @throws BadInputException where the query does not fit model or collection
    public Course plot(SearchCollection collection, Query query, Stopwatch watch) {
        Embedder embedder = models.of(collection, query.model());
        Manifest manifest = embedder.bundle().manifest();
        List<Sighting> sightings = new ArrayList<>();
        for (int i = 0; i < query.parts().size(); i++) {
            sightings.add(look(collection, query.parts().get(i), "query[" + i + "]"));
        }
        String target = target(manifest, collection, query.target(), sightings);
        AnchorBuilder builder = new AnchorBuilder(embedder, target, query.steering(), watch);
        for (int i = 0; i < sightings.size(); i++) {
            Evidence evidence = query.parts().get(i).evidence();
            add(builder, collection, manifest, target, sightings.get(i), evidence);
        }
        return new Course(
                collection, embedder, target, builder.build(), allowed(collection, query));
    }

    /// What a query may be aimed at: the collection's modalities that the model has vectors of.
    List<String> targets(SearchCollection collection, Query query) {
        return known(models.of(collection, query.model()).bundle().manifest(), collection);
    }

    private @Nullable Set<UUID> allowed(SearchCollection collection, Query query) {
        Filter filter = query.filter();
        return filter == null ? null : items.matching(collection.name(), filter);
    }

    private Sighting look(SearchCollection collection, Part part, String field) {
        return switch (part.evidence()) {
            case Evidence.Observed(Map<String, Value> values) ->
                    new Sighting(field, part.weight(), values, null);
            case Evidence.Stored(String id, String modality) -> {
                Item item =
                        items.find(collection.name(), id)
                                .orElseThrow(() -> new NotFoundException("item", id));
                if (modality != null && !item.modalities().contains(modality)) {
                    throw new BadInputException(
                            field + ".modality",
                            modality,
                            "item '%s' carries only %s".formatted(id, item.modalities()));
                }
                yield new Sighting(field, part.weight(), null, item);
            }
        };
    }

    /// The asked target; else where the model leads from what is shown; else the parts' own
    /// modality.
    private static String target(
            Manifest manifest,
            SearchCollection collection,
            @Nullable String asked,
            List<Sighting> sightings) {
        List<String> known = known(manifest, collection);
        if (asked != null) {
            if (!known.contains(asked)) {
                throw new BadInputException(
                        "target",
                        asked,
                        "unknown target '%s', known are %s".formatted(asked, known));
            }
            return asked;
        }
        List<Set<String>> shown = sightings.stream().map(Navigator::modalities).toList();
        for (LatentSpace space : manifest.latentSpaces()) {
            if (known.contains(space.target())
                    && shown.stream()
                            .anyMatch(m -> m.stream().anyMatch(space.queries()::contains))) {
                return space.target();
            }
        }
        Set<String> common = new HashSet<>(known);
        shown.forEach(common::retainAll);
        if (common.size() == 1) {
            return common.iterator().next();
        }
        throw new BadInputException(
                "target", "none", "name the target, one of %s".formatted(known));
    }

    private static List<String> known(Manifest manifest, SearchCollection collection) {
        return collection.modalities().stream()
                .filter(manifest.indexDimensions()::containsKey)
                .toList();
    }

    private static Set<String> modalities(Sighting sighting) {
        return switch (sighting) {
            case Sighting(_, _, _, Item item) when item != null -> item.modalities();
            case Sighting(_, _, Map<String, Value> values, _) when values != null ->
                    values.keySet();
            default -> Set.of();
        };
    }

    private void add(
            AnchorBuilder builder,
            SearchCollection collection,
            Manifest manifest,
            String target,
            Sighting sighting,
            Evidence evidence) {
        Map<String, Value> values = sighting.values();
        Item item = sighting.item();
        if (item != null && evidence instanceof Evidence.Stored(String id, String asked)) {
            String modality =
                    asked != null ? asked : modality(manifest, target, item, sighting.field());
            if (modality.equals(target)) {
                builder.own(
                        sighting.field(),
                        sighting.weight(),
                        embeddings
                                .find(collection.name(), item.key(), manifest.fingerprint(), target)
                                .orElseGet(() ->
                                        builder.indexVector(
                                                stored(collection, manifest, id, target))));
                return;
            }
            values = Map.of(modality, stored(collection, manifest, id, modality));
        }
        if (values != null) {
            builder.observed(sighting.field(), sighting.weight(), values);
        }
    }

    /// Which of an item's modalities speaks: one that z is inferred from, else the target itself.
    private static String modality(Manifest manifest, String target, Item item, String field) {
        return manifest.latentSpaces().stream()
                .filter(space -> space.target().equals(target))
                .flatMap(space -> space.queries().stream())
                .filter(item.modalities()::contains)
                .findFirst()
                .or(() -> item.modalities().stream().filter(target::equals).findFirst())
                .orElseThrow(() ->
                        new BadInputException(
                                field + ".itemId",
                                item.externalId(),
                                "nothing leads from %s to '%s'"
                                        .formatted(item.modalities(), target)));
    }

    private Value stored(
            SearchCollection collection, Manifest manifest, String id, String modality) {
        Payload payload =
                items.payload(collection.name(), id, modality)
                        .orElseThrow(() -> new NotFoundException("payload of item", id));
        Modality known = manifest.architecture().modality(modality);
        return Payloads.value(payload, known, "itemId");
    }
}
