package dev.gimbal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gimbal.bundle.BundleException;
import dev.gimbal.bundle.Oracle;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.metric.Accuracy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OracleTrainingTest {
    private static final ClassifierSettings SHORT = new ClassifierSettings(150, 40, 2e-3, 75);

    @TempDir private Path folder;

    private static MultimodalDataset digits(Map<String, String> settings) {
        return Datasets.of("digits").open(new DatasetOptions(1, settings));
    }

    private static final MultimodalDataset DIGITS =
            digits(
                    Map.of(
                            "train",
                            "1500",
                            "validation",
                            "100",
                            "test",
                            "400",
                            "modalities",
                            "written,street,speech"));

    private static Oracle trained(MultimodalDataset dataset, ClassifierSettings settings) {
        return new OracleTraining(dataset, "digit", settings, 1)
                .run(TrainingListener.SILENT)
                .orElseThrow();
    }

    @Test
    void drawnDigitsAreTold() throws IOException {
        try (Oracle oracle = trained(DIGITS, SHORT)) {
            assertThat(oracle.card().classes())
                    .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
            assertThat(oracle.card().accuracy().get("written")).isGreaterThan(.95);
            assertThat(oracle.card().accuracy().get("speech")).isGreaterThan(.9);
            assertThat(oracle.card().accuracy().get("street")).isGreaterThan(.7);
            oracle.write(folder);
        }
        try (Oracle read = Oracle.read(folder)) {
            assertThat(read.card().provenance().dataFingerprint()).isEqualTo(DIGITS.fingerprint());
            for (String modality : List.of("written", "street", "speech")) {
                float[][] values =
                        IntStream.range(0, 400)
                                .mapToObj(i -> DIGITS.value(Split.TEST, i, modality).numbers())
                                .toArray(float[][]::new);
                int[] digits =
                        IntStream.range(0, 400)
                                .map(i -> DIGITS.valueIndex(Split.TEST, i, modality) % 10)
                                .toArray();
                assertThat(Accuracy.of(read.classify(modality, values), digits))
                        .isEqualTo(read.card().accuracy().get(modality));
            }
            assertThatThrownBy(() -> read.classify("smell", new float[1][4]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("smell");
        }
    }

    @Test
    void aSeedRepeatsTheWeights() {
        MultimodalDataset few = digits(Map.of("train", "60", "validation", "20", "test", "20"));
        ClassifierSettings steps = new ClassifierSettings(4, 20, 1e-3, 2);
        try (Oracle one = trained(few, steps);
                Oracle two = trained(few, steps)) {
            assertThat(one.card().weightsSha256()).isEqualTo(two.card().weightsSha256());
        }
    }

    @Test
    void aListenerMayStopIt() {
        TrainingListener stop =
                new TrainingListener() {
                    @Override
                    public boolean stopRequested() {
                        return true;
                    }
                };
        assertThat(new OracleTraining(DIGITS, "digit", SHORT, 1).run(stop)).isEmpty();
    }

    @Test
    void aDamagedOracleIsRefused() throws IOException {
        MultimodalDataset few = digits(Map.of("train", "60", "validation", "20", "test", "20"));
        try (Oracle oracle = trained(few, new ClassifierSettings(1, 20, 1e-3, 1))) {
            oracle.write(folder);
        }
        Path card = folder.resolve("oracle.json");
        String json = Files.readString(card);
        Files.writeString(card, json.replace("\"format\" : 1", "\"format\" : 9"));
        assertRefused("format 9");
        Files.writeString(card, "{");
        assertRefused("oracle.json");
        Files.writeString(card, json);
        byte[] weights = Files.readAllBytes(folder.resolve("oracle.safetensors"));
        weights[weights.length - 1]++;
        Files.write(folder.resolve("oracle.safetensors"), weights);
        assertRefused("damaged");
        Files.delete(folder.resolve("oracle.safetensors"));
        assertRefused("no oracle");
    }

    private void assertRefused(String part) {
        assertThatThrownBy(() -> Oracle.read(folder).close())
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(part);
    }

    @Test
    void dataThatCannotBeToldAreNamed() {
        assertThatThrownBy(() -> new OracleTraining(DIGITS, "colour", SHORT, 1))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("colour", "digit");
        assertThatThrownBy(() -> new ClassifierSettings(0, 1, 1, 1))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("steps");
        MultimodalDataset plates =
                Datasets.of("plates")
                        .open(
                                new DatasetOptions(
                                        1,
                                        Map.of("train", "20", "validation", "10", "test", "10")));
        assertThatThrownBy(() ->
                        new OracleTraining(plates, "fruit", SHORT, 1).run(TrainingListener.SILENT))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("recipe", "text");
    }
}
