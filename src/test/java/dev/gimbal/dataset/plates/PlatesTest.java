package dev.gimbal.dataset.plates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.Example;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.RecipeText;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlatesTest {
    private static final MultimodalDataset PLATES = open(Map.of());

    private static MultimodalDataset open(Map<String, String> settings) {
        return Datasets.of("plates").open(new DatasetOptions(1, settings));
    }

    @Test
    void anExampleHasAPictureARecipeAndItsFactors() {
        Example example = PLATES.example(Split.TEST, 49_999);
        assertThat(example.values().get("picture").numbers()).hasSize(3 * 64 * 64);
        Value.Text recipe = (Value.Text) example.values().get("recipe");
        assertThat(RecipeText.parse(recipe.text()).format()).isEqualTo(recipe.text());
        FactorTable factors = PLATES.factors(Split.VALIDATION);
        assertThat(factors.names())
                .containsExactly(
                        "wateriness",
                        "greenness",
                        "stickiness",
                        "oven-baked",
                        "longishness",
                        "grains",
                        "dessert",
                        "fruit");
        Plate plate = new Plates(PlateSizes.STANDARD, 1).plate(Split.VALIDATION, 3);
        assertThat(factors.values()[3]).containsExactly(plate.factors().row());
    }

    @Test
    void aSeedRepeatsEverything() {
        assertThat(open(Map.of()).example(Split.TRAIN, 7).values().get("recipe"))
                .isEqualTo(PLATES.example(Split.TRAIN, 7).values().get("recipe"));
        assertThat(new Plates(PlateSizes.STANDARD, 2).fingerprint())
                .isNotEqualTo(PLATES.fingerprint());
        assertThat(new Plates(PlateSizes.STANDARD, 1).fingerprint())
                .isEqualTo(PLATES.fingerprint());
    }

    @Test
    void platesOfAllSplitsDiffer() {
        Set<Value> recipes = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (Split split : Split.values()) {
            for (int i = 0; i < 200; i++) {
                Example example = PLATES.example(split, i);
                recipes.add(example.values().get("recipe"));
                ids.add(example.id());
            }
        }
        assertThat(recipes).hasSize(600);
        assertThat(ids).hasSize(600);
    }

    /// Five equally likely levels have mean 3 and variance 2; the correlation of 10,000 independent
    /// pairs has deviation 0.01.
    @Test
    void factorsAreUniformAndIndependent() {
        float[][] levels = PLATES.factors(Split.TRAIN).values();
        for (int j = 0; j < 8; j++) {
            for (int k = 0; k <= j; k++) {
                double covariance = 0;
                for (float[] row : levels) {
                    covariance += (row[j] - 3) * (row[k] - 3) / levels.length;
                }
                assertThat(covariance).isCloseTo(j == k ? 2 : 0, within(.1));
            }
        }
    }

    /// The oracle ranks by the distance of true factors; equal ones count against it.
    @Test
    void anOracleThatReadsFactorsFindsNineOfTenAmongAThousand() {
        float[][] test = Arrays.copyOf(PLATES.factors(Split.TEST).values(), 1_000);
        long alone =
                IntStream.range(0, test.length)
                        .filter(i ->
                                IntStream.range(0, test.length)
                                        .noneMatch(j -> j != i && Arrays.equals(test[i], test[j])))
                        .count();
        assertThat(alone / 1_000.0).isGreaterThan(.9);
    }

    @Test
    void sizesAreSettings() {
        MultimodalDataset small =
                open(Map.of("train", "30", "validation", "20", "test", "10", "side", "32"));
        assertThat(Arrays.stream(Split.values()).map(small::size)).containsExactly(30, 20, 10);
        assertThat(small.modality("picture").shape()).containsExactly(3, 32, 32);
        assertThatThrownBy(() -> open(Map.of("side", "4")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("side");
        assertThatThrownBy(() -> open(Map.of("train", "many")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("many");
        assertThatThrownBy(() -> small.example(Split.TEST, 10))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
