package dev.gimbal.dataset.plates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlateTest {
    private static final int SIDE = 64;
    private static final int PLATES = 200;

    @Test
    void aSeedRepeatsPictureAndRecipe() {
        assertThat(Plate.of(7).picture(SIDE)).isEqualTo(Plate.of(7).picture(SIDE));
        assertThat(Plate.of(7).recipe()).isEqualTo(Plate.of(7).recipe());
    }

    @Test
    void platesDiffer() {
        Set<Integer> pictures = new HashSet<>();
        Set<String> recipes = new HashSet<>();
        for (int seed = 0; seed < PLATES; seed++) {
            pictures.add(Arrays.hashCode(Plate.of(seed).picture(SIDE)));
            recipes.add(Plate.of(seed).recipe());
        }
        assertThat(pictures).hasSize(PLATES);
        assertThat(recipes).hasSize(PLATES);
    }

    @ParameterizedTest
    @EnumSource(FoodFactor.class)
    void eachFactorShowsInBothModalities(FoodFactor factor) {
        for (int seed = 0; seed < 20; seed++) {
            Plate plate = Plate.of(seed);
            for (int level = 1; level < FoodFactors.LEVELS; level++) {
                Plate less = plate.with(factor, level);
                Plate more = plate.with(factor, level + 1);
                assertThat(distance(less.picture(SIDE), more.picture(SIDE)))
                        .as("pixels that %s %d changes", factor, level)
                        .isGreaterThan(1.);
                assertThat(words(more.recipe())).isNotEqualTo(words(less.recipe()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FoodFactor.class)
    void aGreaterStepOfAFactorChangesThePictureMore(FoodFactor factor) {
        double near = 0;
        double far = 0;
        for (int seed = 0; seed < 20; seed++) {
            Plate plate = Plate.of(seed);
            float[] first = plate.with(factor, 1).picture(SIDE);
            near += distance(first, plate.with(factor, 2).picture(SIDE));
            far += distance(first, plate.with(factor, 5).picture(SIDE));
        }
        assertThat(far).isGreaterThan(1.2 * near);
    }

    @Test
    void nuisanceOfOneModalityLeavesTheOtherAlone() {
        Plate plate = Plate.of(1);
        Plate elsewhere = new Plate(plate.factors(), 5, plate.wording());
        Plate otherwise = new Plate(plate.factors(), plate.scene(), 6);
        assertThat(elsewhere.recipe()).isEqualTo(plate.recipe());
        assertThat(elsewhere.picture(SIDE)).isNotEqualTo(plate.picture(SIDE));
        assertThat(otherwise.picture(SIDE)).isEqualTo(plate.picture(SIDE));
        assertThat(otherwise.recipe()).isNotEqualTo(plate.recipe());
    }

    @Test
    void aRecipeHasATitleIngredientsAndInstructions() {
        for (int seed = 0; seed < PLATES; seed++) {
            List<String> lines = Plate.of(seed).recipe().lines().filter(l -> !l.isBlank()).toList();
            assertThat(lines.getFirst()).matches("[A-Z].{5,80}").doesNotContain("{");
            assertThat(lines.stream().filter(line -> line.startsWith("- "))).isNotEmpty();
            assertThat(lines.stream().skip(1).filter(line -> !line.startsWith("- ")))
                    .hasSizeBetween(3, 12)
                    .allMatch(line -> line.matches("[A-Z][^{}]*\\."));
        }
    }

    @Test
    void picturesOfAnySizeLieInTheUnitRange() {
        for (int side : new int[] {32, 64, 96}) {
            float[] pixels = Plate.of(3).picture(side);
            assertThat(pixels).hasSize(3 * side * side);
            assertThat(IntStream.range(0, pixels.length).mapToDouble(i -> pixels[i]))
                    .allMatch(p -> p >= 0 && p <= 1);
        }
    }

    @Test
    void levelsAreOneToFive() {
        assertThatThrownBy(() -> Plate.of(1).with(FoodFactor.FRUIT, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6");
    }

    private static Set<String> words(String recipe) {
        return new HashSet<>(List.of(recipe.split("\\W+")));
    }

    private static double distance(float[] a, float[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).sum();
    }
}
