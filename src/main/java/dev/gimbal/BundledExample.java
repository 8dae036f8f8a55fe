package dev.gimbal;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.Example;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.dataset.ImageWriter;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Sprites;
import dev.gimbal.dataset.Value;
import dev.gimbal.dataset.plates.PlateSizes;
import dev.gimbal.dataset.plates.Plates;
import dev.gimbal.retrieval.NewItem;
import dev.gimbal.store.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A model that Gimbal brings, and a collection that shows what it does.
///
/// @param model its name, and its folder among the resources
/// @param collection the collection's name
/// @param data what the items are taken from
/// @param shown which modalities an item carries
/// @param splits whose examples are items
/// @param most items of a split
record BundledExample(
        String model,
        String collection,
        Supplier<MultimodalDataset> data,
        List<String> shown,
        List<Split> splits,
        int most) {
    /// What a fresh service gets; the newest model, whose collection the page shows first and
    /// [FirstStart] fills first, is the last.
    static final List<BundledExample> ALL =
            List.of(
                    new BundledExample(
                            "plates-rivae",
                            "plates",
                            () -> new Plates(PlateSizes.STANDARD, 1),
                            List.of("picture", "recipe"),
                            List.of(Split.TEST),
                            800),
                    new BundledExample(
                            "digits-dmvae",
                            "digits",
                            () -> Datasets.DIGITS.open(DatasetOptions.seeded(1)),
                            List.of("written", "street"),
                            List.of(Split.TEST),
                            400),
                    new BundledExample(
                            "sprites-rivae",
                            "ovals",
                            () -> new Sprites(1),
                            List.of("oval"),
                            List.of(Split.values()),
                            Integer.MAX_VALUE));

    /// The model.
    ModelBundle bundle() throws IOException {
        return ModelBundle.of(
                new String(resource("manifest.json"), StandardCharsets.UTF_8),
                resource("weights.safetensors"));
    }

    /// The items, with their true factors as attributes.
    List<NewItem> items() {
        MultimodalDataset dataset = data.get();
        return splits.stream().flatMap(split -> items(dataset, split)).toList();
    }

    private Stream<NewItem> items(MultimodalDataset dataset, Split split) {
        FactorTable factors = dataset.factors(split);
        return IntStream.range(0, Math.min(most, dataset.size(split)))
                .parallel()
                .mapToObj(i -> item(dataset, dataset.example(split, i), factors, i))
                .toList()
                .stream();
    }

    private NewItem item(MultimodalDataset dataset, Example example, FactorTable factors, int row) {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        for (int k = 0; k < factors.names().size(); k++) {
            attributes.put(factors.names().get(k), factors.values()[row][k]);
        }
        Map<String, Payload> payloads =
                shown.stream()
                        .collect(
                                Collectors.toMap(
                                        Function.identity(),
                                        name -> payload(example, dataset.modality(name))));
        return new NewItem(example.id(), payloads, attributes);
    }

    private static Payload payload(Example example, Modality modality) {
        Value value = Objects.requireNonNull(example.values().get(modality.name()));
        return switch (value) {
            case Value.Text(String text) -> new Payload.Text(text);
            case Value.Numbers(float[] pixels) ->
                    new Payload.Bytes("image/png", ImageWriter.png(pixels, modality));
        };
    }

    private byte[] resource(String name) throws IOException {
        String path = "/bundled/%s/%s".formatted(model, name);
        try (InputStream in =
                Objects.requireNonNull(BundledExample.class.getResourceAsStream(path), path)) {
            return in.readAllBytes();
        }
    }
}
