package dev.gimbal.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the recipes of a folder: `recipes.tsv` (a header line, tabs, no quoting, lists joined with
/// ` | `) or `recipes.jsonl` (an object a line, lists as arrays), with columns `id`, `title`,
/// `ingredients`, `instructions`, `image` (a path within the folder) and, if splits are given,
/// `split` (`train`, `val` or `test`). Other columns are passed over.
final class RecipeFile {
    private static final String TABLE = "recipes.tsv";
    private static final String LINES = "recipes.jsonl";
    private static final List<String> COLUMNS =
            List.of("id", "title", "ingredients", "instructions", "image");
    private static final Set<String> READ =
            Set.of("id", "title", "ingredients", "instructions", "image", "tags", "split");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path folder;
    private final Path file;

    /// @throws BadInputException when the folder has neither file
    RecipeFile(Path folder) {
        this.folder = folder;
        this.file =
                Stream.of(TABLE, LINES)
                        .map(folder::resolve)
                        .filter(Files::isRegularFile)
                        .findFirst()
                        .orElseThrow(() ->
                                new BadInputException(
                                        "folder", folder, "has no " + TABLE + " and no " + LINES));
    }

    /// One recipe.
    ///
    /// @param split `null` when none is given
    /// @param image where its photograph is
    record Row(String id, @Nullable Split split, RecipeText text, Path image) {}

    /// Where it is read from.
    Path file() {
        return file;
    }

    /// Every recipe, in the file's order.
    ///
    /// @throws BadInputException naming file and line
    List<Row> read() {
        List<String> lines = TextFile.lines("file", file);
        return file.endsWith(TABLE) ? table(lines) : objects(lines);
    }

    private List<Row> table(List<String> lines) {
        List<String> header = header(lines);
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                rows.add(row(cells(header, lines.get(i), i + 1), i + 1));
            }
        }
        return rows;
    }

    private List<Row> objects(List<String> lines) {
        Map<Integer, Map<String, List<String>>> objects = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                objects.put(i + 1, object(lines.get(i), i + 1));
            }
        }
        Set<String> fields = new TreeSet<>();
        objects.values().forEach(values -> fields.addAll(values.keySet()));
        missing(fields)
                .ifPresent(field -> {
                    throw new BadInputException(
                            "file", file, "no line has the field '" + field + "', only " + fields);
                });
        List<Row> rows = new ArrayList<>();
        objects.forEach((number, values) -> rows.add(row(values, number)));
        return rows;
    }

    /// What other names were given to would be lost.
    private static Optional<String> missing(Collection<String> names) {
        return COLUMNS.stream().filter(column -> !names.contains(column)).findFirst();
    }

    private List<String> header(List<String> lines) {
        List<String> header =
                lines.isEmpty() ? List.of() : List.of(lines.getFirst().split("\t", -1));
        missing(header)
                .ifPresent(column -> {
                    throw bad(1, "lacks the column '" + column + "'");
                });
        return header;
    }

    private Map<String, List<String>> cells(List<String> header, String line, int number) {
        String[] cells = line.split("\t", -1);
        if (cells.length != header.size()) {
            throw bad(number, "has %d cells, the header %d".formatted(cells.length, header.size()));
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
            values.put(
                    header.get(i),
                    Arrays.stream(cells[i].split(" \\| ")).filter(c -> !c.isBlank()).toList());
        }
        return values;
    }

    private Map<String, List<String>> object(String line, int number) {
        JsonNode object;
        try {
            object = JSON.readTree(line);
        } catch (JacksonException e) {
            throw bad(number, "is not JSON: " + e.getOriginalMessage());
        }
        if (!object.isObject()) {
            throw bad(number, "is not a JSON object");
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        object.properties()
                .forEach(field ->
                        values.put(
                                field.getKey(), texts(field.getKey(), field.getValue(), number)));
        return values;
    }

    private List<String> texts(String field, JsonNode value, int number) {
        List<JsonNode> entries = value.isArray() ? value.valueStream().toList() : List.of(value);
        if (READ.contains(field) && !entries.stream().allMatch(JsonNode::isValueNode)) {
            throw bad(
                    number, "has an object or a list in '%s', which takes texts".formatted(field));
        }
        return entries.stream()
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asString)
                .filter(text -> !text.isBlank())
                .toList();
    }

    private Row row(Map<String, List<String>> values, int number) {
        String id = one(values, "id", number);
        Path image = folder.resolve(one(values, "image", number)).normalize();
        if (!isWithin(folder, image) || !Files.isRegularFile(image)) {
            throw bad(number, "names an image that is not in the folder: " + image.getFileName());
        }
        RecipeText text =
                new RecipeText(
                        String.join(" | ", values.getOrDefault("title", List.of())),
                        values.getOrDefault("ingredients", List.of()),
                        values.getOrDefault("instructions", List.of()),
                        values.getOrDefault("tags", List.of()));
        if (text.format().isBlank()) {
            throw bad(number, "has neither a title nor ingredients nor instructions");
        }
        Split split = split(values.getOrDefault("split", List.of()), number);
        return new Row(id, split, text, image);
    }

    /// Whether a file lies in a folder; both may be relative, as `.` is.
    static boolean isWithin(Path folder, Path file) {
        return file.toAbsolutePath().normalize().startsWith(folder.toAbsolutePath().normalize());
    }

    private String one(Map<String, List<String>> values, String column, int number) {
        List<String> value = values.getOrDefault(column, List.of());
        if (value.size() != 1) {
            throw bad(number, "needs one " + column + ", not " + value);
        }
        return value.getFirst();
    }

    private @Nullable Split split(List<String> value, int number) {
        return value.isEmpty()
                ? null
                : switch (value.getFirst()) {
                    case "train" -> Split.TRAIN;
                    case "val", "validation" -> Split.VALIDATION;
                    case "test" -> Split.TEST;
                    default ->
                            throw bad(
                                    number,
                                    "has the split '%s', known are train, val and test"
                                            .formatted(value.getFirst()));
                };
    }

    /// A line that cannot be used.
    BadInputException bad(int number, String reason) {
        return new BadInputException("file", file, "line %d %s".formatted(number, reason));
    }
}
