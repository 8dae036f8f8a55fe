package dev.gimbal.dataset.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitSetsTest {
    @TempDir private Path folder;
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void writeMnist() throws IOException {
        settings.put("mnist", DigitFolders.mnist(folder.resolve("mnist")).toString());
    }

    private void writeSpeech() throws IOException {
        settings.put("speech", DigitFolders.speech(folder.resolve("speech")).toString());
    }

    private MultimodalDataset open(String name) {
        return Datasets.of(name).open(new DatasetOptions(1, settings));
    }

    @Test
    void mnistIsReadAsItIs() {
        MultimodalDataset data = open("mnist-street");
        DigitModality drawn = new DrawnDigits(new DigitCounts(240, 20, 20), 1);

        float[] expected = drawn.values(Split.TRAIN, 3);
        float[] read = data.value(Split.TRAIN, 3, "mnist").numbers();
        for (int i = 0; i < expected.length; i++) {
            assertThat(read[i]).isEqualTo(Math.round(255 * expected[i]) / 255f);
        }
        assertThat(data.value(Split.VALIDATION, 0, "mnist").numbers())
                .isNotEqualTo(data.value(Split.TRAIN, 0, "mnist").numbers());
    }

    @Test
    void eachTrainingImageIsInAsManyPairsAsAskedFor() {
        assertThat(sizes(open("mnist-street"))).containsExactly(220, 20, 20);
        settings.put("pairs-per-image", "30");
        assertThat(sizes(open("mnist-street"))).containsExactly(30 * 220, 20, 20);
    }

    @Test
    void mnistAndSvhnArePairedByDigit() throws IOException {
        settings.put("svhn", DigitFolders.svhn(folder.resolve("svhn"), 360, 50).toString());
        settings.put("pairs-per-image", "30");
        MultimodalDataset data = open("mnist-svhn");

        assertThat(modalities(data)).containsExactly("mnist", "svhn");
        assertThat(sizes(data)).containsExactly(30 * 220, 20, 20);
        assertThat(data.distinctValues(Split.TRAIN, "svhn")).isEqualTo(330);
        assertPaired(data, "svhn");
    }

    @Test
    void imagesAreSpokenToo() throws IOException {
        writeSpeech();
        MultimodalDataset data = open("mnist-speech");

        assertThat(modalities(data)).containsExactly("mnist", "speech");
        assertThat(data.modality("speech").shape()).containsExactly(1, 32, 32);
        // takes 10 and 11, 5 to 9, 0 to 4 of ten digits
        assertThat(data.distinctValues(Split.TRAIN, "speech")).isEqualTo(20);
        assertThat(data.distinctValues(Split.VALIDATION, "speech")).isEqualTo(50);
        assertThat(data.distinctValues(Split.TEST, "speech")).isEqualTo(50);
        assertPaired(data, "speech");
        // the bar's height tells the digit
        for (int i = 0; i < 20; i++) {
            float[] spectrogram = data.value(Split.TRAIN, i, "speech").numbers();
            int digit = (int) data.factors(Split.TRAIN).values()[i][0];
            assertThat(spectrogram[digit * 96]).isGreaterThan(.7f);
        }
    }

    @Test
    void threeModalitiesGoTogether() throws IOException {
        writeSpeech();
        settings.put("pairs-per-image", "2");
        MultimodalDataset data = open("mnist-street-speech");

        assertThat(modalities(data)).containsExactly("mnist", "street", "speech");
        assertThat(data.example(Split.TEST, 0).values()).hasSize(3);
        assertPaired(data, "street");
        assertPaired(data, "speech");
    }

    private static void assertPaired(MultimodalDataset data, String other) {
        for (Split split : Split.values()) {
            float[][] factors = data.factors(split).values();
            for (int i = 0; i < data.size(split); i++) {
                assertThat(data.valueIndex(split, i, other) % 10).isEqualTo((int) factors[i][0]);
            }
        }
    }

    private static Iterable<String> modalities(MultimodalDataset data) {
        return data.modalities().stream().map(Modality::name).toList();
    }

    private static int[] sizes(MultimodalDataset data) {
        return Arrays.stream(Split.values()).mapToInt(data::size).toArray();
    }

    @Test
    void filesDecideTheFingerprint() throws IOException {
        String before = open("mnist-street").fingerprint();
        assertThat(open("mnist-street").fingerprint()).isEqualTo(before);
        byte[] labels = new byte[20];
        Arrays.setAll(new int[20], i -> labels[i] = (byte) (9 - i % 10));
        DigitFolders.idx(folder.resolve("mnist/t10k-labels-idx1-ubyte.gz"), labels, 20);
        assertThat(open("mnist-street").fingerprint()).isNotEqualTo(before);
    }

    @Test
    void whatDoesNotFitIsNamed() throws IOException {
        writeSpeech();
        Path labels = folder.resolve("mnist/train-labels-idx1-ubyte.gz");
        DigitFolders.idx(labels, new byte[239], 239);
        assertRefused("mnist-speech", "train-labels", "239 labels for 240 values");
        byte[] eleven = new byte[240];
        eleven[7] = 11;
        DigitFolders.idx(labels, eleven, 240);
        assertRefused("mnist-speech", "label 7 is 11");
        DigitFolders.mnist(folder.resolve("mnist"));
        Path index = folder.resolve("speech/index.tsv");
        Files.writeString(index, "split\tdigit\ttake\ntest\tzero\t1\n");
        assertRefused("mnist-speech", "index.tsv", "line 2", "zero");
        Files.writeString(index, "split\ttake\n");
        assertRefused("mnist-speech", "index.tsv", "needs split, digit and take");
        Files.writeString(index, "split\tdigit\ttake\n");
        assertRefused("mnist-speech", "index.tsv", "0 labels for 120 values");
        writeSpeech();
        Files.delete(folder.resolve("mnist/t10k-images-idx3-ubyte.gz"));
        assertRefused("mnist-speech", "t10k-images", "does not exist");
        settings.remove("speech");
        assertRefused("mnist-speech", "speech", "missing");
        assertRefused("mnist-svhn", "mnist", "t10k");
    }

    @Test
    void aDigitThatCannotBePairedIsNamed() throws IOException {
        writeSpeech();
        StringBuilder index = new StringBuilder("split\tdigit\ttake\n");
        for (int i = 0; i < 120; i++) {
            index.append("%s\t%d\t%d\n".formatted(i < 40 ? "test" : "train", i % 9, i / 10));
        }
        Files.writeString(folder.resolve("speech/index.tsv"), index);
        assertRefused("mnist-speech", "speech", "digit 9", "TRAIN");
    }

    private void assertRefused(String name, String... parts) {
        assertThatThrownBy(() -> open(name))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(parts);
    }

    /// Where the real folders are, said by `-Dgimbal.data=DIR`; skipped, and said so, elsewhere.
    @Test
    void realDigitsHaveTheSizesOfTheirPapers() {
        Path data = Path.of(System.getProperty("gimbal.data", "data"));
        assumeTrue(
                Files.isDirectory(data.resolve("mnist")) && Files.isDirectory(data.resolve("fsdd")),
                "skipped: no mnist and fsdd where -Dgimbal.data says");
        settings.put("mnist", data.resolve("mnist").toString());
        settings.put("speech", data.resolve("fsdd").toString());
        settings.put("pairs-per-image", "30");
        MultimodalDataset digits = open("mnist-street-speech");

        assertThat(sizes(digits)).containsExactly(30 * 55_000, 5_000, 10_000);
        assertThat(digits.distinctValues(Split.TRAIN, "street")).isEqualTo(55_000);
        assertThat(digits.distinctValues(Split.TRAIN, "speech")).isEqualTo(2_400);
        assertThat(digits.distinctValues(Split.VALIDATION, "speech")).isEqualTo(300);
        assertThat(digits.distinctValues(Split.TEST, "speech")).isEqualTo(300);
        // the first test picture of MNIST is a seven
        assertThat(digits.factors(Split.TEST).values()[0]).containsExactly(7);
    }
}
