package dev.gimbal.traversal;

import dev.gimbal.bundle.Manifest;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Value;
import dev.gimbal.preprocessing.Tokens;
import dev.gimbal.traversal.ContactSheet.Column;
import dev.gimbal.traversal.Generation.Origin;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Drawings as one picture, laid out as Fig. 4 of Lee and Pavlovic 2021: what was observed on top,
/// then one variant below the other.
public final class GenerationSheet {
    private static final int WORDS = 3;

    private GenerationSheet() {}

    /// The sheet; beside each variant stands the stepped entry of its own latent, or 0.
    public static ContactSheet of(
            Manifest manifest, Generation generation, Generation.Result result) {
        Integer step = generation.step();
        return new ContactSheet(
                observed(manifest, generation.origin()),
                List.of(
                        new Column(
                                generation.target(),
                                result.variants().stream()
                                        .mapToDouble(v -> step == null ? 0 : v.own()[step])
                                        .toArray(),
                                result.variants().stream()
                                        .map(v ->
                                                picture(manifest, generation.target(), v.values()))
                                        .toList())));
    }

    private static List<Picture> observed(Manifest manifest, Origin origin) {
        return switch (origin) {
            case Origin.Latent _ -> List.of();
            case Origin.Observed(Map<String, Value> values) ->
                    values.entrySet().stream()
                            .map(value ->
                                    Picture.of(
                                            manifest.architecture().modality(value.getKey()),
                                            value.getValue()))
                            .toList();
        };
    }

    private static Picture picture(Manifest manifest, String target, float[] values) {
        Modality modality = manifest.architecture().modality(target);
        if (modality.kind() == Modality.Kind.TEXT
                && manifest.architecture().preprocessing().get(target) instanceof Tokens tokens) {
            return new Picture.Label(
                    tokens.likeliest(values, WORDS).stream()
                            .map(Tokens.Word::word)
                            .collect(Collectors.joining(" ")));
        }
        return Picture.of(modality, Value.of(values));
    }
}
