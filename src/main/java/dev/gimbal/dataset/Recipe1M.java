package dev.gimbal.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Recipe1M (Marin et al. 2019) in its published layout: `layer1.json` (recipes), `layer2.json`
/// (their images) and the images in folders by the first four characters of their ids
/// (`a/b/c/d/abcd....jpg`), below `images`, `images/PARTITION`, `PARTITION` or the folder itself.
///
/// As in A.1 of Kim et al. 2020, recipes count that have an image, and between 1 and 20 ingredients
/// and instructions; each is paired with its first image that is there. Partitions are the
/// published ones, in the order of ids.
///
/// In memory are ids and places in the file, not texts or images.
public final class Recipe1M implements MultimodalDataset {
    /// Of ingredients, and of instructions.
    static final int MOST = 20;

    private static final List<String> FOLDERS = List.of("images/%s", "%s", "images", "");

    private final Path folder;
    private final Recipe1MLayers layers;
    private final Map<Split, List<Recipe1MLayers.Entry>> entries;
    private final Modality image;
    private final String fingerprint;

    /// Reads both layers once.
    ///
    /// @param side height and width of pictures in pixels
    /// @throws BadInputException naming a file that is missing or malformed, and where, or a
    ///   partition without a pair
    public Recipe1M(Path folder, int side) {
        this.folder = folder;
        layers = new Recipe1MLayers(folder);
        image = Modality.image(RecipeFolder.IMAGE, 3, side, side);
        entries = new EnumMap<>(Split.class);
        ContentHash hash = new ContentHash();
        hash.add("recipe1m/1 side=%d".formatted(side));
        layers.hash(hash);
        List<Recipe1MLayers.Entry> all = layers.read(this::firstImage);
        for (Split split : Split.values()) {
            List<Recipe1MLayers.Entry> part =
                    all.stream().filter(entry -> entry.split() == split).sorted().toList();
            if (part.isEmpty()) {
                throw new BadInputException("folder", folder, "has no pair for the split " + split);
            }
            part.forEach(entry -> hash.add(entry.id() + " " + entry.image()));
            entries.put(split, part);
        }
        fingerprint = hash.hex();
    }

    private @Nullable String firstImage(Split split, List<String> images) {
        return images.stream().filter(id -> file(split, id) != null).findFirst().orElse(null);
    }

    private @Nullable Path file(Split split, String id) {
        if (id.length() < 4 || !id.matches("[\\w.-]+")) {
            return null;
        }
        String nested =
                "%s/%s/%s/%s/%s"
                        .formatted(id.charAt(0), id.charAt(1), id.charAt(2), id.charAt(3), id);
        return FOLDERS.stream()
                .map(place -> folder.resolve(place.formatted(Recipe1MLayers.partition(split))))
                .flatMap(root -> Stream.of(root.resolve(nested)))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }

    @Override
    public String name() {
        return "recipe1m";
    }

    @Override
    public List<Modality> modalities() {
        return List.of(image, Modality.text(RecipeFolder.RECIPE));
    }

    @Override
    public int size(Split split) {
        return entries(split).size();
    }

    @Override
    public Example example(Split split, int position) {
        Recipe1MLayers.Entry entry = entries(split).get(position);
        return new Example(
                entry.id(),
                Map.of(
                        RecipeFolder.IMAGE,
                        photograph(split, entry),
                        RecipeFolder.RECIPE,
                        text(entry)));
    }

    @Override
    public @Nullable Value value(Split split, int position, String modality) {
        Recipe1MLayers.Entry entry = entries(split).get(position);
        return switch (modality) {
            case RecipeFolder.IMAGE -> photograph(split, entry);
            case RecipeFolder.RECIPE -> text(entry);
            default -> null;
        };
    }

    private Value photograph(Split split, Recipe1MLayers.Entry entry) {
        Path file = file(split, entry.image());
        if (file == null) {
            throw new BadInputException("image", entry.image(), "is no longer there");
        }
        return RecipeFolder.photograph(file, image);
    }

    private Value text(Recipe1MLayers.Entry entry) {
        return Value.of(layers.text(entry).format());
    }

    @Override
    public FactorTable factors(Split split) {
        return FactorTable.NONE;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    private List<Recipe1MLayers.Entry> entries(Split split) {
        return Objects.requireNonNull(entries.get(split));
    }
}
