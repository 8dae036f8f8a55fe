package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gimbal.bundle.Factor;
import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {
    @TempDir private Path folder;

    @Test
    void aFileIsReadByIdAndFactor() throws IOException {
        Labels labels = Labels.read(file("id, left, right\nTRAIN-3, 0.5, -1\nTRAIN-0, 1, 2e-1\n"));

        assertThat(labels.names()).containsExactly("left", "right");
        assertThat(labels.values().get("TRAIN-3")).containsExactly(0.5f, -1);
        assertThat(labels.values().get("TRAIN-0")).containsExactly(1, 0.2f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                        | must begin with
                    id\\n                     | must begin with
                    left,right\\na,1          | must begin with
                    id,left\\na               | line 2 has 1 cells
                    id,left\\na,1\\nb,high    | line 3 holds 'high'
                    id,left\\na,NaN           | line 2 holds 'NaN'
                    id,left\\na,1\\na,2       | line 3 repeats the id 'a'
                    """)
    void aFileThatCannotBeUsedIsRefusedByItsLine(String text, String reason) throws IOException {
        Path file = file(text.replace("\\n", "\n"));

        assertThatThrownBy(() -> Labels.read(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }

    @Test
    void aMissingFileIsRefused() {
        assertThatThrownBy(() -> Labels.read(folder.resolve("none.csv")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("none.csv");
    }

    @Test
    void aDataSetsOwnFactorsAreThoseOfItsFirstExamples() {
        Labels labels = Labels.first(SmallPairs.CLEAN, 3);

        assertThat(labels.names()).containsExactly("left", "right");
        assertThat(labels.values().keySet()).containsExactly("TRAIN-0", "TRAIN-1", "TRAIN-2");
        assertThat(labels.values().get("TRAIN-2"))
                .containsExactly(SmallPairs.CLEAN.factors(Split.TRAIN).values()[2]);
    }

    @Test
    void moreLabelsThanExamplesAreRefused() {
        assertThatThrownBy(() -> Labels.first(SmallPairs.CLEAN, 401))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("labelled (401)")
                .hasMessageContaining("400");
    }

    @Test
    void examplesAreFoundInTheTrainingSplit() {
        Labels.Rows rows = labels("TRAIN-399", "TRAIN-0", "TRAIN-7").in(SmallPairs.CLEAN, 2);

        assertThat(rows.positions()).containsExactly(399, 0, 7);
        assertThat(rows.factors()).hasDimensions(3, 1);
    }

    @Test
    void anExampleOutsideTheTrainingSplitIsRefusedByItsId() {
        assertThatThrownBy(() -> labels("TRAIN-1", "TEST-1", "TRAIN-2").in(SmallPairs.CLEAN, 2))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("TEST-1");
    }

    @Test
    void tooFewExamplesOrTooManyFactorsAreRefused() {
        assertThatThrownBy(() -> labels("TRAIN-1", "TRAIN-2").in(SmallPairs.CLEAN, 2))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("more than 2 examples");
        Labels three =
                new Labels(
                        List.of("a", "b", "c"),
                        Map.of(
                                "TRAIN-1", new float[] {1, 2, 3},
                                "TRAIN-2", new float[] {2, 1, 3},
                                "TRAIN-3", new float[] {3, 1, 2}));
        assertThatThrownBy(() -> three.in(SmallPairs.CLEAN, 2))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("at most 2 factors");
    }

    @Test
    void aFactorThatDoesNotVaryIsRefusedByItsName() {
        Labels same =
                new Labels(
                        List.of("size"),
                        Map.of(
                                "TRAIN-1", new float[] {1},
                                "TRAIN-2", new float[] {1},
                                "TRAIN-3", new float[] {1}));

        assertThatThrownBy(() -> same.in(SmallPairs.CLEAN, 2))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("size");
    }

    @Test
    void knobsGetTheNamesOfTheirFactors() {
        Factor z1 = new Factor("z1", 0, 1, -2, 2);
        Factor z2 = new Factor("z2", 5, 6, 7, 8);
        LatentSpace space = new LatentSpace(List.of("x1"), "x2", List.of(z1, z2));

        assertThat(labels("TRAIN-1").named(space).factors())
                .containsExactly(new Factor("size", 0, 1, -2, 2), z2);
    }

    private static Labels labels(String... ids) {
        Map<String, float[]> values = new java.util.LinkedHashMap<>();
        for (String id : ids) {
            values.put(id, new float[] {values.size()});
        }
        return new Labels(List.of("size"), values);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("labels.csv"), text);
    }
}
