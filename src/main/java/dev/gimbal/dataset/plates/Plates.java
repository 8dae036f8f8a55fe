package dev.gimbal.dataset.plates;

import dev.gimbal.dataset.ContentHash;
import dev.gimbal.dataset.Example;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// Dishes, each with a picture and a recipe, governed by the eight food factors of Kim et al. 2020
/// (Sec. 3.6, A.1.1, C), five levels each, independent and uniform.
///
/// Plates are made when asked for (half a millisecond), never kept, so any number costs no memory.
/// What is private to one modality is independent of the other: light, dish and camera in the
/// picture; wording, kinds, brands, amounts and order in the text. Two plates have the same factors
/// with probability 5^-8, so that an oracle that reads them ranks nearly all of 1,000 plates first.
public final class Plates implements MultimodalDataset {
    private static final Modality RECIPE = Modality.text("recipe");
    private static final long SPLIT_SPACING = 1L << 40;

    private final PlateSizes sizes;
    private final long seed;
    private final Modality picture;

    /// The plates of a seed.
    public Plates(PlateSizes sizes, long seed) {
        this.sizes = sizes;
        this.seed = seed;
        picture = Modality.image("picture", 3, sizes.side(), sizes.side());
    }

    @Override
    public String name() {
        return "plates";
    }

    @Override
    public List<Modality> modalities() {
        return List.of(picture, RECIPE);
    }

    @Override
    public int size(Split split) {
        return switch (split) {
            case TRAIN -> sizes.train();
            case VALIDATION -> sizes.validation();
            case TEST -> sizes.test();
        };
    }

    /// The plate at a position of a split.
    public Plate plate(Split split, int position) {
        Objects.checkIndex(position, size(split));
        return Plate.of(seed * 0x9E3779B97F4A7C15L + split.ordinal() * SPLIT_SPACING + position);
    }

    @Override
    public Example example(Split split, int position) {
        Plate plate = plate(split, position);
        String id = "%s-%06d".formatted(split.name().toLowerCase(Locale.ROOT), position);
        return new Example(
                id,
                Map.of(
                        picture.name(), Value.of(plate.picture(sizes.side())),
                        RECIPE.name(), Value.of(plate.recipe())));
    }

    @Override
    public FactorTable factors(Split split) {
        return new FactorTable(
                FoodFactors.names(),
                IntStream.range(0, size(split))
                        .mapToObj(i -> plate(split, i).factors().row())
                        .toArray(float[][]::new));
    }

    @Override
    public String fingerprint() {
        return ContentHash.of("plates/1 seed=%d %s".formatted(seed, sizes));
    }
}
