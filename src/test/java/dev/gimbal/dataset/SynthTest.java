package dev.gimbal.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SynthTest {
    private static final Synth SYNTH = new Synth(1);

    @Test
    void splitsHaveThePapersSizes() {
        assertThat(Arrays.stream(Split.values()).map(SYNTH::size))
                .containsExactly(10_000, 1_000, 2_000);
        assertThatThrownBy(() -> SYNTH.example(Split.TEST, 2_000))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aSeedRepeatsTheDataAndAnotherChangesThem() {
        Synth again = new Synth(1);
        Synth other = new Synth(2);
        assertThat(again.example(Split.TEST, 7).values().get("x2").numbers())
                .isEqualTo(SYNTH.example(Split.TEST, 7).values().get("x2").numbers());
        assertThat(other.example(Split.TEST, 7).values().get("x2").numbers())
                .isNotEqualTo(SYNTH.example(Split.TEST, 7).values().get("x2").numbers());
        assertThat(again.fingerprint()).isEqualTo(SYNTH.fingerprint()).hasSize(64);
        assertThat(other.fingerprint()).isNotEqualTo(SYNTH.fingerprint());
    }

    @Test
    void onlySharedFactorsArePublishedAndTheyAreStandardNormal() {
        FactorTable factors = SYNTH.factors(Split.TRAIN);
        assertThat(factors.names()).containsExactly("shared-1", "shared-2");
        for (int k = 0; k < 2; k++) {
            int column = k;
            var statistics =
                    Arrays.stream(factors.values()).mapToDouble(r -> r[column]).summaryStatistics();
            double squares =
                    Arrays.stream(factors.values())
                            .mapToDouble(r -> r[column] * r[column])
                            .average()
                            .orElseThrow();
            assertThat(statistics.getAverage()).isBetween(-.04, .04);
            assertThat(squares).isBetween(.95, 1.05);
        }
    }

    @Test
    void anExampleHoldsBothVectors() {
        Example example = SYNTH.example(Split.VALIDATION, 3);
        assertThat(example.id()).isEqualTo("validation-00003");
        for (Modality modality : SYNTH.modalities()) {
            assertThat(example.values().get(modality.name()).numbers()).hasSize(50);
        }
    }
}
