package dev.gimbal.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/// Photographs with the recipes of what they show, from folders of `recipes.tsv` or `recipes.jsonl`
/// and their images; see [RecipeFile]. Several folders make one data set.
///
/// Splits are those of the files; where none is given, 15 % are for validation and 15 % for test,
/// by a seeded shuffle. A photograph is read when it is asked for.
final class RecipeFolder implements MultimodalDataset {
    /// The query side.
    public static final String IMAGE = "image";

    /// The other side, in the layout of [RecipeText].
    public static final String RECIPE = "recipe";

    private static final double SHARE = 0.15;

    private final Map<Split, List<RecipeFile.Row>> rows;
    private final Modality image;
    private final String fingerprint;

    /// Reads the folders' texts.
    ///
    /// @param side height and width of pictures in pixels
    /// @throws BadInputException naming file and line of what cannot be used, an id that occurs
    ///   twice, splits that are given only partly, or a split without recipes
    public RecipeFolder(List<Path> folders, int side, long seed) {
        List<RecipeFile.Row> all = new ArrayList<>();
        ContentHash hash = new ContentHash();
        hash.add("recipes/2 side=%d seed=%d".formatted(side, seed));
        for (Path folder : folders) {
            RecipeFile file = new RecipeFile(folder);
            List<RecipeFile.Row> read = file.read();
            requireNew(read, all, file);
            hash.add(file.file());
            read.forEach(row -> hash.add(row.image()));
            all.addAll(read);
        }
        rows = split(all, folders, seed);
        image = Modality.image(IMAGE, 3, side, side);
        fingerprint = hash.hex();
    }

    private static void requireNew(
            List<RecipeFile.Row> read, List<RecipeFile.Row> before, RecipeFile file) {
        Set<String> seen = new HashSet<>(before.stream().map(RecipeFile.Row::id).toList());
        for (RecipeFile.Row row : read) {
            if (!seen.add(row.id())) {
                throw new BadInputException(
                        "file", file.file(), "has the id '%s' twice".formatted(row.id()));
            }
        }
    }

    private static Map<Split, List<RecipeFile.Row>> split(
            List<RecipeFile.Row> all, List<Path> folders, long seed) {
        long given = all.stream().filter(row -> row.split() != null).count();
        if (given > 0 && given < all.size()) {
            throw new BadInputException(
                    "folder",
                    folders,
                    "gives the split of %d recipes of %d only".formatted(given, all.size()));
        }
        List<RecipeFile.Row> known = given == 0 ? drawn(all, seed) : all;
        Map<Split, List<RecipeFile.Row>> rows =
                Map.of(
                        Split.TRAIN, of(Split.TRAIN, known),
                        Split.VALIDATION, of(Split.VALIDATION, known),
                        Split.TEST, of(Split.TEST, known));
        for (Split split : Split.values()) {
            if (Objects.requireNonNull(rows.get(split)).isEmpty()) {
                throw new BadInputException(
                        "folder", folders, "has no recipe for the split " + split);
            }
        }
        return rows;
    }

    private static List<RecipeFile.Row> of(Split split, List<RecipeFile.Row> rows) {
        return rows.stream().filter(row -> row.split() == split).toList();
    }

    private static List<RecipeFile.Row> drawn(List<RecipeFile.Row> all, long seed) {
        int[] order =
                Shuffle.of(all.size(), RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        int held = (int) Math.round(SHARE * all.size());
        List<RecipeFile.Row> drawn = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            RecipeFile.Row row = all.get(order[i]);
            Split split = i < held ? Split.VALIDATION : i < 2 * held ? Split.TEST : Split.TRAIN;
            drawn.add(new RecipeFile.Row(row.id(), split, row.text(), row.image()));
        }
        return drawn;
    }

    @Override
    public String name() {
        return "recipes";
    }

    @Override
    public List<Modality> modalities() {
        return List.of(image, Modality.text(RECIPE));
    }

    @Override
    public int size(Split split) {
        return rows(split).size();
    }

    @Override
    public Example example(Split split, int position) {
        RecipeFile.Row row = rows(split).get(position);
        return new Example(row.id(), Map.of(IMAGE, photograph(row), RECIPE, text(row)));
    }

    @Override
    public @Nullable Value value(Split split, int position, String modality) {
        RecipeFile.Row row = rows(split).get(position);
        return switch (modality) {
            case IMAGE -> photograph(row);
            case RECIPE -> text(row);
            default -> null;
        };
    }

    private static Value text(RecipeFile.Row row) {
        return Value.of(row.text().format());
    }

    private Value photograph(RecipeFile.Row row) {
        return photograph(row.image(), image);
    }

    /// A photograph of a file.
    ///
    /// @throws BadInputException naming a file that holds none
    static Value photograph(Path file, Modality image) {
        try {
            return Value.of(ImageReader.read(Files.readAllBytes(file), image));
        } catch (BadInputException e) {
            throw new BadInputException("file", file, e.reason());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public FactorTable factors(Split split) {
        return FactorTable.NONE;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    private List<RecipeFile.Row> rows(Split split) {
        return Objects.requireNonNull(rows.get(split));
    }
}
