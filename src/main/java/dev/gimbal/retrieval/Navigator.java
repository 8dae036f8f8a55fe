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
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
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

    /// One part with its item read: `values` for what has to be embedded, `item` for one that the
    /// database holds.
    ///
    /// @param asked which of the item's modalities counts; `null` where the target decides
    private record Sighting(
            String field,
            double weight,
            @Nullable Map<String, Value> values,
            @Nullable Item item,
            @Nullable String asked) {}

    /// Where a query is aimed.
    private record Aim(
            SearchCollection collection, Manifest manifest, String target, Steering steering) {

        /// Whether what several modalities show becomes one belief; an offset is of one embedding.
        boolean together() {
            return manifest.architecture().generative() != null && steering == Steering.LATENT;
        }
    }

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
        Aim aim = new Aim(collection, manifest, target, query.steering());
        AnchorBuilder builder = new AnchorBuilder(embedder, target, query.steering(), watch);
        boolean joint = aim.together() && sightings.stream().anyMatch(s -> leads(aim, s));
        sightings.forEach(sighting -> add(builder, aim, sighting, joint));
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
                    new Sighting(field, part.weight(), values, null, null);
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
                yield new Sighting(field, part.weight(), null, item, modality);
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
            case Sighting(_, _, _, Item item, _) when item != null -> item.modalities();
            case Sighting(_, _, Map<String, Value> values, _, _) when values != null ->
                    values.keySet();
            default -> Set.of();
        };
    }

    /// @param joint whether a stored value of the target's own modality is observed together with
    ///   others; else it is a place in the index, whose vector is there already
    private void add(AnchorBuilder builder, Aim aim, Sighting sighting, boolean joint) {
        Item item = sighting.item();
        Map<String, Value> values = sighting.values();
        if (item != null) {
            Set<String> speaking = speaking(aim, sighting, item);
            boolean observed = joint && sighting.weight() == 1;
            if (speaking.equals(Set.of(aim.target())) && !observed) {
                builder.own(sighting.field(), sighting.weight(), vector(builder, aim, item));
                return;
            }
            values = new TreeMap<>();
            for (String modality : speaking) {
                values.put(modality, stored(aim, item, modality));
            }
        }
        if (values != null) {
            builder.observed(sighting.field(), sighting.weight(), values);
        }
    }

    /// Whether a part counts once and shows another modality than the target, so that values of the
    /// target are observed together with it.
    private static boolean leads(Aim aim, Sighting sighting) {
        Item item = sighting.item();
        Set<String> shown = item == null ? modalities(sighting) : speaking(aim, sighting, item);
        return sighting.weight() == 1 && !Set.of(aim.target()).containsAll(shown);
    }

    /// Which of an item's modalities speak: the one that was asked for; else those that z is
    /// inferred from, all of them where the model makes one belief of any, and the first where it
    /// does not; else the target itself.
    private static Set<String> speaking(Aim aim, Sighting sighting, Item item) {
        String asked = sighting.asked();
        if (asked != null) {
            return Set.of(asked);
        }
        Set<String> leading =
                aim.manifest().latentSpaces().stream()
                        .filter(space -> space.target().equals(aim.target()))
                        .flatMap(space -> space.queries().stream())
                        .filter(item.modalities()::contains)
                        .limit(aim.together() ? Integer.MAX_VALUE : 1)
                        .collect(Collectors.toSet());
        if (!leading.isEmpty()) {
            return leading;
        }
        if (item.modalities().contains(aim.target())) {
            return Set.of(aim.target());
        }
        throw new BadInputException(
                sighting.field() + ".itemId",
                item.externalId(),
                "nothing leads from %s to '%s'".formatted(item.modalities(), aim.target()));
    }

    /// The item's vector in the index; embedded anew where that has none of this model yet.
    private float[] vector(AnchorBuilder builder, Aim aim, Item item) {
        String fingerprint = aim.manifest().fingerprint();
        return embeddings
                .find(aim.collection().name(), item.key(), fingerprint, aim.target())
                .orElseGet(() -> builder.indexVector(stored(aim, item, aim.target())));
    }

    private Value stored(Aim aim, Item item, String modality) {
        String id = item.externalId();
        Payload payload =
                items.payload(aim.collection().name(), id, modality)
                        .orElseThrow(() -> new NotFoundException("payload of item", id));
        Modality known = aim.manifest().architecture().modality(modality);
        return Payloads.value(payload, known, "itemId");
    }
}
