package dev.gimbal.dataset.plates;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One plate's level of each food factor, 1 to 5.
///
/// @param levels in the order of [FoodFactor]
public record FoodFactors(List<Integer> levels) {
    /// Levels of each factor, as in Sec. 3.6.
    public static final int LEVELS = 5;

    private static final int FACTORS = FoodFactor.values().length;

    public FoodFactors {
        levels = List.copyOf(levels);
        if (levels.size() != FACTORS || levels.stream().anyMatch(l -> l < 1 || l > LEVELS)) {
            throw new IllegalArgumentException(
                    FACTORS + " levels from 1 to " + LEVELS + " are needed: " + levels);
        }
    }

    /// Independent levels, each equally likely.
    static FoodFactors random(RandomGenerator random) {
        return new FoodFactors(
                IntStream.range(0, FACTORS).mapToObj(_ -> 1 + random.nextInt(LEVELS)).toList());
    }

    /// The same with another level of one factor.
    public FoodFactors with(FoodFactor factor, int level) {
        return new FoodFactors(
                IntStream.range(0, FACTORS)
                        .mapToObj(k -> k == factor.ordinal() ? (Integer) level : levels.get(k))
                        .toList());
    }

    /// The level of one factor, 1 to 5.
    public int level(FoodFactor factor) {
        return levels.get(factor.ordinal());
    }

    /// The same in `[0, 1]`.
    double share(FoodFactor factor) {
        return (level(factor) - 1) / (LEVELS - 1.0);
    }

    /// A row of a table of factors: the levels.
    float[] row() {
        float[] row = new float[FACTORS];
        for (int k = 0; k < FACTORS; k++) {
            row[k] = levels.get(k);
        }
        return row;
    }

    /// The columns of that table.
    static List<String> names() {
        return Arrays.stream(FoodFactor.values()).map(FoodFactor::id).toList();
    }

    /// Levels as an id shows them, such as `15324113`.
    @Override
    public String toString() {
        return Stream.of(FoodFactor.values()).map(f -> "" + level(f)).reduce("", String::concat);
    }
}
