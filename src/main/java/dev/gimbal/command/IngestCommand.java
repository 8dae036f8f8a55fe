package dev.gimbal.command;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Example;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.dataset.ImageWriter;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.RecipeText;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `gimbal ingest`: puts items into a collection of a running service, from NDJSON or from a data
/// set.
@Command(
        name = "ingest",
        description = "Puts items into a collection of a running service.",
        mixinStandardHelpOptions = true)
final class IngestCommand implements Callable<Integer> {
    @Mixin private RemoteService service = new RemoteService();

    @Option(names = "--collection", required = true, description = "where the items go")
    private String collection = "";

    @Option(
            names = "--model",
            description = "name or fingerprint: creates the collection, searched by this model")
    private @Nullable String model;

    @Option(names = "--engine", defaultValue = "exact", description = "exact or pgvector")
    private String engine = "exact";

    @ArgGroup(exclusive = false, heading = "A data set instead of a file:%n")
    private @Nullable DataOptions data;

    @Option(
            names = "--modalities",
            split = ",",
            description = "what is taken of each example; default: all")
    private List<String> modalities = List.of();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "items, one JSON object a line")
    private @Nullable Path file;

    /// Bytes of a request, which the service takes sixteen times as large.
    int part = 8 << 20;

    @Override
    public Integer call() throws IOException {
        if ((file == null) == (data == null)) {
            throw new IllegalArgumentException("give either a file or --dataset");
        }
        if (file != null) {
            BadInputException.requireFile("items", file);
        }
        MultimodalDataset examples = data == null ? null : data.open();
        String path = "/v1/collections/" + RemoteService.encode(collection);
        if (model != null) {
            service.put(
                    path,
                    RemoteService.JSON
                            .createObjectNode()
                            .put("model", model)
                            .put("engine", engine));
        }
        JsonNode result =
                examples == null
                        ? upload(path + "/items", Objects.requireNonNull(file))
                        : upload(path + "/items", examples);
        System.out.println(result.toPrettyString());
        return result.path("rejected").asLong() == 0 ? 0 : 1;
    }

    private JsonNode upload(String path, Path lines) throws IOException {
        ItemUpload upload = new ItemUpload(service, path, part, count(lines));
        Files.copy(lines, upload);
        return upload.finish();
    }

    /// Lines of a file, which a pipe does not tell.
    private static long count(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.count();
        }
    }

    private JsonNode upload(String path, MultimodalDataset examples) throws IOException {
        long total = Arrays.stream(Split.values()).mapToLong(examples::size).sum();
        ItemUpload upload = new ItemUpload(service, path, part, total);
        for (Split split : Split.values()) {
            FactorTable factors = examples.factors(split);
            for (int i = 0; i < examples.size(split); i++) {
                Example example = examples.example(split, i);
                ObjectNode line = line(examples, example);
                ObjectNode attributes = line.putObject("attributes");
                title(attributes, example);
                for (int k = 0; k < factors.names().size(); k++) {
                    attributes.put(factors.names().get(k), factors.values()[i][k]);
                }
                upload.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return upload.finish();
    }

    /// A recipe's title, by which a person knows the hit.
    private static void title(ObjectNode attributes, Example example) {
        for (Value value : example.values().values()) {
            if (value instanceof Value.Text(String text)) {
                attributes.put("title", RecipeText.parse(text).title());
            }
        }
    }

    private ObjectNode line(MultimodalDataset examples, Example example) {
        ObjectNode line = RemoteService.JSON.createObjectNode().put("id", example.id());
        ObjectNode values = line.putObject("values");
        example.values()
                .forEach((name, value) -> {
                    if (modalities.isEmpty() || modalities.contains(name)) {
                        write(values.putObject(name), examples.modality(name), value);
                    }
                });
        return line;
    }

    private static void write(ObjectNode node, Modality modality, Value value) {
        switch (value) {
            case Value.Text(String text) -> node.put("text", text);
            case Value.Numbers(float[] numbers) when modality.kind() == Modality.Kind.IMAGE ->
                    node.put(
                            "image",
                            Base64.getEncoder().encodeToString(ImageWriter.png(numbers, modality)));
            case Value.Numbers(float[] numbers) -> {
                ArrayNode entries = node.putArray("vector");
                for (float entry : numbers) {
                    entries.add(entry);
                }
            }
        }
    }
}
