package dev.gimbal.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A data set whose training recipes come in several copies, some of which say less: from these a
/// model learns that a title alone, or a list of ingredients, asks for the same pictures.
///
/// Example `i * copies + c` of the training split is copy c of example i. With probability `share`
/// a copy's text keeps only some of the n fields that it has (title, ingredients, instructions,
/// tags): 1 to n - 1 of them, each number as likely as another, drawn by (seed, position). Title or
/// ingredients are always among them: of a text with neither, the first instruction would be read
/// as its title. All else stays as it is.
public final class ReducedTexts implements MultimodalDataset {
    /// Between the seeds of two examples: odd, and not the step of the generator itself.
    private static final long STRIDE = 0xD1342543DE82EF95L;

    /// How much is left out.
    ///
    /// @param copies of each training example
    /// @param share of them whose text is reduced
    public record Reduction(int copies, double share) {
        public Reduction {
            if (copies < 1 || !(share >= 0 && share <= 1)) {
                throw new BadInputException(
                        "texts", "copies " + copies + ", share " + share, "are out of range");
            }
        }
    }

    private final MultimodalDataset dataset;
    private final Reduction reduction;
    private final long seed;

    /// The data set, seen like this.
    public ReducedTexts(MultimodalDataset dataset, Reduction reduction, long seed) {
        this.dataset = dataset;
        this.reduction = reduction;
        this.seed = seed;
    }

    private int copies(Split split) {
        return split == Split.TRAIN ? reduction.copies() : 1;
    }

    @Override
    public String name() {
        return dataset.name();
    }

    @Override
    public List<Modality> modalities() {
        return dataset.modalities();
    }

    @Override
    public int size(Split split) {
        return Math.multiplyExact(dataset.size(split), copies(split));
    }

    @Override
    public Example example(Split split, int position) {
        Example whole = dataset.example(split, position / copies(split));
        Map<String, Value> values = new TreeMap<>(whole.values());
        values.replaceAll((_, value) -> seen(split, position, value));
        return new Example(whole.id(), values);
    }

    @Override
    public @Nullable Value value(Split split, int position, String modality) {
        Value whole = dataset.value(split, position / copies(split), modality);
        return whole == null ? null : seen(split, position, whole);
    }

    @Override
    public int distinctValues(Split split, String modality) {
        return sharedByCopies(modality) ? dataset.distinctValues(split, modality) : size(split);
    }

    @Override
    public int valueIndex(Split split, int position, String modality) {
        return sharedByCopies(modality)
                ? dataset.valueIndex(split, position / copies(split), modality)
                : Objects.checkIndex(position, size(split));
    }

    private boolean sharedByCopies(String modality) {
        return modality(modality).kind() != Modality.Kind.TEXT;
    }

    private Value seen(Split split, int position, Value value) {
        return split == Split.TRAIN && value instanceof Value.Text(String text)
                ? Value.of(reduced(text, new SplittableRandom(seed + (position + 1) * STRIDE)))
                : value;
    }

    private String reduced(String text, SplittableRandom random) {
        RecipeText recipe = RecipeText.parse(text);
        boolean[] kept = {
            !recipe.title().isEmpty(),
            !recipe.ingredients().isEmpty(),
            !recipe.instructions().isEmpty(),
            !recipe.tags().isEmpty()
        };
        int fields = 0;
        for (boolean present : kept) {
            fields += present ? 1 : 0;
        }
        if (fields < 2 || !kept[0] && !kept[1] || random.nextDouble() >= reduction.share()) {
            return text;
        }
        boolean[] left = left(kept, fields - random.nextInt(1, fields), random);
        return new RecipeText(
                        left[0] ? recipe.title() : "",
                        left[1] ? recipe.ingredients() : List.of(),
                        left[2] ? recipe.instructions() : List.of(),
                        left[3] ? recipe.tags() : List.of())
                .format();
    }

    /// So many of the fields that a recipe has, with title or ingredients among them.
    private static boolean[] left(boolean[] present, int many, SplittableRandom random) {
        boolean[] left = new boolean[present.length];
        while (!left[0] && !left[1]) {
            Arrays.fill(left, false);
            for (int missing = many; missing > 0; ) {
                int field = random.nextInt(present.length);
                missing -= present[field] && !left[field] ? 1 : 0;
                left[field] = present[field];
            }
        }
        return left;
    }

    @Override
    public FactorTable factors(Split split) {
        FactorTable factors = dataset.factors(split);
        return factors.isEmpty()
                ? factors
                : new FactorTable(
                        factors.names(),
                        IntStream.range(0, size(split))
                                .mapToObj(i -> factors.values()[i / copies(split)])
                                .toArray(float[][]::new));
    }

    @Override
    public int[] pairingClasses(Split split) {
        int[] classes = dataset.pairingClasses(split);
        return IntStream.range(0, classes.length * copies(split))
                .map(i -> classes[i / copies(split)])
                .toArray();
    }

    @Override
    public String fingerprint() {
        return dataset.fingerprint();
    }
}
