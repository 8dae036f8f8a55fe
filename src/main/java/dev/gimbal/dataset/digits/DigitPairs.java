package dev.gimbal.dataset.digits;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.ContentHash;
import dev.gimbal.dataset.Example;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// Values of several modalities that mean the same digit, paired at random (Sec. 5.1 of Lee and
/// Pavlovic 2021, after Shi et al. 2019).
///
/// Every value of the first modality is in `pairsPerImage` training pairs, and in one pair of each
/// other split; no value is beside the one of the first modality that it was made from. Pairs are
/// kept as indices, so that thirty for each image cost no thirtyfold memory: see [#valueIndex].
final class DigitPairs implements MultimodalDataset {
    private final String name;
    private final List<DigitModality> sides;
    private final String fingerprint;

    /// By split: `[modality][position]`, empty for the first modality.
    private final Map<Split, int[][]> partners = new EnumMap<>(Split.class);

    /// @param sides the first leads
    /// @param pairsPerImage of the training split
    /// @throws BadInputException when a modality lacks a digit that the first one has
    DigitPairs(String name, List<DigitModality> sides, int pairsPerImage, long seed) {
        this.name = name;
        this.sides = List.copyOf(sides);
        for (Split split : Split.values()) {
            int rounds = split == Split.TRAIN ? pairsPerImage : 1;
            partners.put(split, partners(split, rounds, seed));
        }
        ContentHash hash = new ContentHash();
        hash.add("%s/1 seed=%d pairs=%d".formatted(name, seed, pairsPerImage));
        sides.forEach(side -> hash.add(side.fingerprint()));
        fingerprint = hash.hex();
    }

    private int[][] partners(Split split, int rounds, long seed) {
        RandomGenerator random =
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 3 + split.ordinal());
        DigitModality leader = sides.getFirst();
        int[][] indices = new int[sides.size()][];
        indices[0] = new int[0];
        for (int side = 1; side < indices.length; side++) {
            indices[side] = Partners.of(leader, sides.get(side), split, rounds, random);
        }
        return indices;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Modality> modalities() {
        return sides.stream().map(DigitModality::modality).toList();
    }

    @Override
    public int size(Split split) {
        return Objects.requireNonNull(partners.get(split))[1].length;
    }

    @Override
    public Example example(Split split, int position) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (int side = 0; side < sides.size(); side++) {
            values.put(sides.get(side).modality().name(), value(split, position, side));
        }
        String id = "%s-%07d".formatted(split.name().toLowerCase(Locale.ROOT), position);
        return new Example(id, values);
    }

    @Override
    public Value value(Split split, int position, String modality) {
        return value(split, position, side(modality));
    }

    private Value value(Split split, int position, int side) {
        return Value.of(sides.get(side).values(split, index(split, position, side)));
    }

    @Override
    public int distinctValues(Split split, String modality) {
        return sides.get(side(modality)).size(split);
    }

    @Override
    public int valueIndex(Split split, int position, String modality) {
        return index(split, position, side(modality));
    }

    private int side(String modality) {
        return modalities().indexOf(modality(modality));
    }

    private int index(Split split, int position, int side) {
        Objects.checkIndex(position, size(split));
        return side == 0
                ? position % sides.getFirst().size(split)
                : Objects.requireNonNull(partners.get(split))[side][position];
    }

    /// One column: which digit, 0 to 9.
    @Override
    public FactorTable factors(Split split) {
        return new FactorTable(
                List.of("digit"),
                IntStream.range(0, size(split))
                        .mapToObj(i -> new float[] {digit(split, i)})
                        .toArray(float[][]::new));
    }

    private int digit(Split split, int position) {
        return sides.getFirst().digit(split, index(split, position, 0));
    }

    /// The digits: any value of a digit goes with any other of it.
    @Override
    public int[] pairingClasses(Split split) {
        return IntStream.range(0, size(split)).map(i -> digit(split, i)).toArray();
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }
}
