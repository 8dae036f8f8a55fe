package dev.gimbal.dataset.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigitPairsTest {
    private static final Map<String, String> SMALL =
            Map.of("train", "200", "validation", "40", "test", "60", "pairs-per-image", "3");

    private static MultimodalDataset open(long seed, Map<String, String> settings) {
        return Datasets.of("digits").open(new DatasetOptions(seed, settings));
    }

    @Test
    void shapesAreThoseOfMnistAndSvhn() {
        MultimodalDataset digits = open(1, SMALL);

        assertThat(digits.modality("written").shape()).containsExactly(1, 28, 28);
        assertThat(digits.modality("street").shape()).containsExactly(3, 32, 32);
        assertThat(digits.modalities().getFirst().name()).isEqualTo("written");
    }

    @Test
    void everyImageIsInAsManyTrainingPairsAsAskedForAndOnceInOtherSplits() {
        MultimodalDataset digits = open(1, SMALL);

        assertThat(Arrays.stream(Split.values()).map(digits::size)).containsExactly(600, 40, 60);
        for (String modality : new String[] {"written", "street"}) {
            int[] uses = new int[digits.distinctValues(Split.TRAIN, modality)];
            for (int i = 0; i < 600; i++) {
                uses[digits.valueIndex(Split.TRAIN, i, modality)]++;
            }
            assertThat(uses).hasSize(200).containsOnly(3);
        }
    }

    @Test
    void pairsShareTheirDigitAndNothingElse() {
        MultimodalDataset digits = open(1, SMALL);
        float[][] factors = digits.factors(Split.TRAIN).values();
        for (int i = 0; i < digits.size(Split.TRAIN); i++) {
            int street = digits.valueIndex(Split.TRAIN, i, "street");
            int written = digits.valueIndex(Split.TRAIN, i, "written");

            assertThat(factors[i]).containsExactly(written % 10);
            assertThat(street % 10).isEqualTo(written % 10);
            assertThat(street).isNotEqualTo(written);
        }
        assertThat(digits.factors(Split.TRAIN).names()).containsExactly("digit");
    }

    @Test
    void oneImageMeetsOthersInItsPairs() {
        MultimodalDataset digits = open(1, SMALL);
        int different = 0;
        for (int i = 0; i < 200; i++) {
            Set<Integer> met = new HashSet<>();
            for (int round = 0; round < 3; round++) {
                met.add(digits.valueIndex(Split.TRAIN, round * 200 + i, "street"));
            }
            different += met.size() > 1 ? 1 : 0;
        }
        // among 20 of a digit the same three times has probability 1/400
        assertThat(different).isGreaterThan(195);
    }

    @Test
    void equalIndicesMeanEqualValues() {
        MultimodalDataset digits = open(1, SMALL);
        for (int i = 0; i < 30; i++) {
            assertThat(digits.valueIndex(Split.TRAIN, i, "written"))
                    .isEqualTo(digits.valueIndex(Split.TRAIN, i + 200, "written"));
            assertThat(digits.example(Split.TRAIN, i).values().get("written").numbers())
                    .isEqualTo(digits.value(Split.TRAIN, i + 200, "written").numbers());
        }
    }

    @Test
    void aSeedRepeatsEverything() {
        MultimodalDataset first = open(1, SMALL);
        MultimodalDataset again = open(1, SMALL);
        MultimodalDataset other = open(2, SMALL);
        for (String modality : new String[] {"written", "street"}) {
            float[] value = first.value(Split.TEST, 5, modality).numbers();
            assertThat(again.value(Split.TEST, 5, modality).numbers()).isEqualTo(value);
            assertThat(other.value(Split.TEST, 5, modality).numbers()).isNotEqualTo(value);
        }
        assertThat(first.fingerprint()).isEqualTo(again.fingerprint());
        assertThat(first.fingerprint()).isNotEqualTo(other.fingerprint());
        assertThat(first.fingerprint()).isNotEqualTo(open(1, Map.of("train", "210")).fingerprint());
    }

    @Test
    void noValueIsInTwoSplits() {
        MultimodalDataset digits = open(1, SMALL);
        Set<Integer> seen = new HashSet<>();
        Set<String> ids = new HashSet<>();
        int values = 0;
        for (Split split : Split.values()) {
            for (int i = 0; i < 40; i++) {
                seen.add(Arrays.hashCode(digits.value(split, i, "written").numbers()));
                seen.add(Arrays.hashCode(digits.value(split, i, "street").numbers()));
                ids.add(digits.example(split, i).id());
                values += 2;
            }
        }
        assertThat(seen).hasSize(values);
        assertThat(ids).hasSize(values / 2);
    }

    @Test
    void valuesLieBetweenZeroAndOneAndShowSomething() {
        MultimodalDataset digits = open(1, SMALL);
        for (int i = 0; i < 100; i++) {
            for (String modality : new String[] {"written", "street"}) {
                float[] values = digits.value(Split.TRAIN, i, modality).numbers();
                float least = 1;
                float most = 0;
                for (float value : values) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
                assertThat(least).isGreaterThanOrEqualTo(0);
                assertThat(most).isLessThanOrEqualTo(1).isGreaterThan(least + .2f);
            }
        }
    }

    @Test
    void modalitiesAreASetting() {
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.put("modalities", "speech,written,street");
        MultimodalDataset three = open(1, settings);

        assertThat(three.modalities().stream().map(Modality::name))
                .containsExactly("written", "street", "speech");
        assertThat(three.modality("speech").shape()).containsExactly(1, 32, 32);
        for (int i = 0; i < three.size(Split.TRAIN); i++) {
            assertThat(three.valueIndex(Split.TRAIN, i, "speech") % 10)
                    .isEqualTo(three.valueIndex(Split.TRAIN, i, "written") % 10);
        }
        for (float value : three.value(Split.TRAIN, 7, "speech").numbers()) {
            assertThat(value).isBetween(0f, 1f);
        }
        settings.put("modalities", "written,speech");
        assertThat(open(1, settings).modalities()).hasSize(2);
    }

    @Test
    void settingsThatCannotBeAreNamed() {
        assertRefused(Map.of("modalities", "written"), "modalities", "two or all");
        assertRefused(Map.of("modalities", "written,street,smell"), "smell", "speech");
        assertRefused(Map.of("train", "5"), "train", "5", "20");
        assertRefused(Map.of("pairs-per-image", "0"), "pairs-per-image", "0");
        assertRefused(Map.of("mnist", "folder"), "mnist", "known are");
        assertThatThrownBy(() -> open(1, SMALL).value(Split.TEST, 60, "written"))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> open(1, SMALL).value(Split.TEST, 0, "speech"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("speech");
    }

    private static void assertRefused(Map<String, String> settings, String... parts) {
        assertThatThrownBy(() -> open(1, settings))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(parts);
    }
}
