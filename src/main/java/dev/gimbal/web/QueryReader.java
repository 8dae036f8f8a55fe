package dev.gimbal.web;

import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.Manifest;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Value;
import dev.gimbal.retrieval.ActiveModels;
import dev.gimbal.retrieval.Evidence;
import dev.gimbal.retrieval.Part;
import dev.gimbal.retrieval.Payloads;
import dev.gimbal.retrieval.Query;
import dev.gimbal.retrieval.Steering;
import dev.gimbal.store.SearchCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// From the JSON of a query to a [Query]: decodes pictures, checks lengths and numbers, and finds
/// the modality of each value.
@Component
class QueryReader {
    private static final int DEFAULT_K = 10;

    private final ActiveModels models;

    QueryReader(ActiveModels models) {
        this.models = models;
    }

    /// Reads a query.
    ///
    /// @param picture a query image that travelled as its own multipart part, before the others
    Query read(SearchCollection collection, QueryFields fields, byte @Nullable [] picture) {
        Manifest manifest = models.of(collection, fields.model()).bundle().manifest();
        List<@Nullable QueryPart> given = new ArrayList<>();
        if (picture != null) {
            given.add(new QueryPart(picture, null, null, null, null, null));
        }
        if (fields.query() != null) {
            given.addAll(fields.query());
        }
        String target = Query.ANY.equals(fields.target()) ? null : fields.target();
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            parts.add(part(manifest, given.get(i), target, "query[" + i + "]"));
        }
        return new Query(
                parts,
                fields.target(),
                k(fields),
                Optional.ofNullable(fields.samples()).orElse(0),
                Optional.ofNullable(fields.seed()).orElse(0L),
                fields.scoreThreshold(),
                Boolean.TRUE.equals(fields.exact()),
                steering(fields.steer()),
                fields.model(),
                FilterReader.read(fields.filter(), "filter"));
    }

    /// How many hits are asked for.
    ///
    /// @throws BadInputException for more than a query may have, or none
    int k(QueryFields fields) {
        int k = Optional.ofNullable(fields.k()).orElse(DEFAULT_K);
        Query.requireK(k);
        return k;
    }

    /// The value of one input, outside any collection: no item, and nothing to weigh it against.
    ///
    /// @throws BadInputException for none of image, vector and text, or several, and for an item or
    ///   a weight
    static Map<String, Value> input(
            Manifest manifest, @Nullable QueryPart input, @Nullable String target, String field) {
        if (input == null) {
            throw new BadInputException(field, "null", "an input must not be null");
        }
        String id = input.itemId();
        if (id != null) {
            throw new BadInputException(
                    field + ".itemId", id, "only a query of a collection takes its items");
        }
        Double weight = input.weight();
        if (weight != null) {
            throw new BadInputException(
                    field + ".weight", weight, "only parts of a query have weights");
        }
        requireOne(input, "image, vector and text", field);
        return value(manifest, input, target, field);
    }

    private static void requireOne(QueryPart part, String kinds, String field) {
        int given =
                (part.image() == null ? 0 : 1)
                        + (part.vector() == null ? 0 : 1)
                        + (part.text() == null ? 0 : 1)
                        + (part.itemId() == null ? 0 : 1);
        if (given != 1) {
            throw new BadInputException(field, given + " of them", "give exactly one of " + kinds);
        }
    }

    private static Map<String, Value> value(
            Manifest manifest, QueryPart part, @Nullable String target, String field) {
        byte[] image = part.image();
        if (image != null) {
            Modality modality =
                    modality(manifest, part.modality(), target, Modality.Kind.IMAGE, field);
            return Map.of(modality.name(), Payloads.picture(image, modality, field + ".image"));
        }
        float[] vector = part.vector();
        if (vector != null) {
            Modality modality =
                    modality(manifest, part.modality(), target, Modality.Kind.VECTOR, field);
            return Map.of(modality.name(), Payloads.vector(vector, modality, field + ".vector"));
        }
        String text = part.text();
        if (text != null) {
            Modality modality =
                    modality(manifest, part.modality(), target, Modality.Kind.TEXT, field);
            return Map.of(modality.name(), Payloads.text(text, modality, field + ".text"));
        }
        throw new IllegalStateException("neither image nor vector nor text");
    }

    private static Part part(
            Manifest manifest, @Nullable QueryPart part, @Nullable String target, String field) {
        if (part == null) {
            throw new BadInputException(field, "null", "a part of a query must not be null");
        }
        requireOne(part, "image, vector, text and itemId", field);
        double weight = Optional.ofNullable(part.weight()).orElse(1.0);
        Part.requireWeight(field + ".weight", weight);
        String id = part.itemId();
        Evidence evidence =
                id != null
                        ? new Evidence.Stored(id, part.modality())
                        : new Evidence.Observed(value(manifest, part, target, field));
        return new Part(evidence, weight);
    }

    /// The named modality; else the only query modality of that kind; else the only one at all.
    private static Modality modality(
            Manifest manifest,
            @Nullable String asked,
            @Nullable String target,
            Modality.Kind kind,
            String field) {
        if (asked != null) {
            return manifest.modalities().stream()
                    .filter(m -> m.name().equals(asked))
                    .findFirst()
                    .orElseThrow(() ->
                            new BadInputException(
                                    field + ".modality",
                                    asked,
                                    "unknown modality '%s', known are %s"
                                            .formatted(asked, names(manifest.modalities()))));
        }
        List<String> queries =
                manifest.latentSpaces().stream()
                        .filter(space -> target == null || space.target().equals(target))
                        .map(LatentSpace::queries)
                        .flatMap(List::stream)
                        .toList();
        List<Modality> ofKind =
                manifest.modalities().stream().filter(m -> m.kind() == kind).toList();
        List<Modality> candidates =
                ofKind.stream().filter(m -> queries.contains(m.name())).toList();
        if (candidates.isEmpty()) {
            candidates = ofKind;
        }
        if (candidates.size() != 1) {
            throw new BadInputException(
                    field + ".modality",
                    "none",
                    candidates.isEmpty()
                            ? "this model takes no " + kind.name().toLowerCase(Locale.ROOT)
                            : "name the modality, one of " + names(candidates));
        }
        return candidates.getFirst();
    }

    private static List<String> names(List<Modality> modalities) {
        return modalities.stream().map(Modality::name).toList();
    }

    private static Steering steering(@Nullable String name) {
        return switch (name) {
            case null -> Steering.LATENT;
            case "latent" -> Steering.LATENT;
            case "offset" -> Steering.OFFSET;
            default -> throw new BadInputException("steer", name, "steer must be latent or offset");
        };
    }
}
