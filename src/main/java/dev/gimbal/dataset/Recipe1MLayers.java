package dev.gimbal.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The two JSON files of [Recipe1M], each one array of objects: read as a stream, one object in
/// memory at a time, and then single objects again by their place in the file.
final class Recipe1MLayers {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path recipes;
    private final Path images;

    /// @throws BadInputException when a file is missing
    Recipe1MLayers(Path folder) {
        recipes = require(folder, "layer1.json");
        images = require(folder, "layer2.json");
    }

    /// A pair.
    ///
    /// @param offset of the recipe's object in `layer1.json`, in bytes
    /// @param image id of its photograph
    record Entry(String id, Split split, long offset, String image) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return id.compareTo(other.id);
        }
    }

    /// Chooses one of a recipe's images.
    @FunctionalInterface
    interface Choice {
        /// Its id; `null` when none will do.
        @Nullable String of(Split split, List<String> images);
    }

    /// The name of a split among the files.
    static String partition(Split split) {
        return switch (split) {
            case TRAIN -> "train";
            case VALIDATION -> "val";
            case TEST -> "test";
        };
    }

    /// Adds what both files hold.
    void hash(ContentHash hash) {
        hash.add(recipes);
        hash.add(images);
    }

    /// Every recipe that has an image and suits in length.
    ///
    /// @throws BadInputException naming file and byte of what cannot be used
    List<Entry> read(Choice choice) {
        Map<String, List<String>> imagesOf = new HashMap<>();
        each(
                images,
                (object, _) -> {
                    List<String> ids = new ArrayList<>();
                    object.path("images").forEach(one -> ids.add(one.path("id").asString("")));
                    imagesOf.put(object.path("id").asString(""), ids);
                });
        List<Entry> entries = new ArrayList<>();
        each(
                recipes,
                (object, offset) -> {
                    String id = object.path("id").asString("");
                    Split split = split(object.path("partition").asString(""), offset);
                    if (suits(object.path("ingredients")) && suits(object.path("instructions"))) {
                        String image = choice.of(split, imagesOf.getOrDefault(id, List.of()));
                        if (image != null) {
                            entries.add(new Entry(id, split, offset, image));
                        }
                    }
                });
        return entries;
    }

    private static boolean suits(JsonNode lines) {
        return lines.size() >= 1 && lines.size() <= Recipe1M.MOST;
    }

    private Split split(String partition, long offset) {
        for (Split split : Split.values()) {
            if (partition(split).equals(partition)) {
                return split;
            }
        }
        throw new BadInputException(
                "file", recipes, "byte %d: unknown partition '%s'".formatted(offset, partition));
    }

    /// The recipe of an entry, read again.
    RecipeText text(Entry entry) {
        try (RandomAccessFile file = new RandomAccessFile(recipes.toFile(), "r")) {
            file.seek(entry.offset);
            try (InputStream in =
                            new BufferedInputStream(
                                    java.nio.channels.Channels.newInputStream(file.getChannel()));
                    JsonParser parser = JSON.createParser(in)) {
                JsonNode object = parser.readValueAsTree();
                return new RecipeText(
                        object.path("title").asString(""),
                        lines(object.path("ingredients")),
                        lines(object.path("instructions")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + recipes, e);
        }
    }

    private static List<String> lines(JsonNode array) {
        List<String> lines = new ArrayList<>();
        array.forEach(line -> lines.add(line.path("text").asString("")));
        return lines;
    }

    private static void each(Path file, ObjLongConsumer<JsonNode> visitor) {
        try (JsonParser parser = JSON.createParser(file)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new BadInputException("file", file, "is no JSON array");
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                long offset = parser.currentTokenLocation().getByteOffset();
                visitor.accept(parser.readValueAsTree(), offset);
            }
        } catch (JacksonException e) {
            throw new BadInputException(
                    "file",
                    file,
                    "byte %d: %s"
                            .formatted(e.getLocation().getByteOffset(), e.getOriginalMessage()));
        }
    }

    private static Path require(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new BadInputException("folder", folder, "has no " + name);
        }
        return file;
    }
}
