package dev.gimbal.traversal;

import dev.gimbal.bundle.Manifest;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Value;
import dev.gimbal.retrieval.Course;
import dev.gimbal.retrieval.Evidence;
import dev.gimbal.retrieval.Part;
import dev.gimbal.retrieval.Payloads;
import dev.gimbal.retrieval.Query;
import dev.gimbal.store.Items;
import dev.gimbal.store.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes the contact sheet of a traversal from the payloads of its best hits.
@Component
public final class Sheets {
    private final Items items;

    public Sheets(Items items) {
        this.items = items;
    }

    /// The query on top, then the best hit of every step.
    public ContactSheet of(Query query, LatentTraversal.Result traversal) {
        Course course = traversal.course();
        List<UUID> keys =
                traversal.columns().stream()
                        .flatMap(column -> column.steps().stream())
                        .flatMap(step -> step.hits().stream().limit(1))
                        .map(moved -> moved.hit().item().key())
                        .distinct()
                        .toList();
        Map<UUID, Payload> payloads =
                items.payloads(course.collection().name(), keys, course.target());
        return new ContactSheet(
                query.parts().stream().flatMap(part -> pictures(course, part)).toList(),
                traversal.columns().stream()
                        .map(column -> column(course, column, payloads))
                        .toList());
    }

    private static ContactSheet.Column column(
            Course course, LatentTraversal.Column column, Map<UUID, Payload> payloads) {
        List<Picture> pictures = new ArrayList<>();
        for (LatentTraversal.Step step : column.steps()) {
            if (step.hits().isEmpty()) {
                pictures.add(new Picture.Label("no hit"));
            } else {
                var item = step.hits().getFirst().hit().item();
                pictures.add(
                        picture(
                                course,
                                course.target(),
                                payloads.get(item.key()),
                                item.externalId()));
            }
        }
        return new ContactSheet.Column(
                column.name(),
                column.steps().stream().mapToDouble(LatentTraversal.Step::deviations).toArray(),
                pictures);
    }

    private Stream<Picture> pictures(Course course, Part part) {
        return switch (part.evidence()) {
            case Evidence.Observed(Map<String, Value> values) ->
                    values.entrySet().stream()
                            .map(value ->
                                    Picture.of(modality(course, value.getKey()), value.getValue()));
            case Evidence.Stored(String id, String asked) -> Stream.of(stored(course, id, asked));
        };
    }

    private Picture stored(Course course, String id, @Nullable String asked) {
        String collection = course.collection().name();
        return items.find(collection, id).stream()
                .flatMap(item -> item.modalities().stream())
                .filter(modality -> asked == null || asked.equals(modality))
                .sorted((a, b) ->
                        Boolean.compare(a.equals(course.target()), b.equals(course.target())))
                .findFirst()
                .map(modality ->
                        picture(
                                course,
                                modality,
                                items.payload(collection, id, modality).orElse(null),
                                id))
                .orElseGet(() -> new Picture.Label(id));
    }

    private static Picture picture(
            Course course, String modality, @Nullable Payload payload, String id) {
        return switch (payload) {
            case null -> new Picture.Label(id);
            case Payload.Vector _ -> new Picture.Label(id);
            case Payload.Bytes _, Payload.Text _ -> {
                Modality known = modality(course, modality);
                yield Picture.of(known, Payloads.value(payload, known, "payload"));
            }
        };
    }

    private static Modality modality(Course course, String name) {
        Manifest manifest = course.embedder().bundle().manifest();
        return manifest.architecture().modality(name);
    }
}
