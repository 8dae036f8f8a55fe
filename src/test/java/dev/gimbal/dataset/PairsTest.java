package dev.gimbal.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairsTest {
    @TempDir private Path folder;
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void writeFiles() throws IOException {
        float[][] x1 = new float[40][];
        float[][] x2 = new float[40][];
        for (int i = 0; i < 40; i++) {
            x1[i] = new float[] {i, 100 - i, 1};
            x2[i] = new float[] {2 * i, i};
        }
        put("x1", NumpyFiles.npy(folder.resolve("x1.npy"), x1));
        put("x2", NumpyFiles.npy(folder.resolve("x2.npy"), x2));
    }

    private void put(String name, Path file) {
        settings.put(name, file.toString());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private MultimodalDataset open(long seed) {
        return Datasets.of("pairs").open(new DatasetOptions(seed, settings));
    }

    private static String numbered(String format) {
        return IntStream.range(0, 40).mapToObj(format::formatted).collect(Collectors.joining());
    }

    @Test
    void rowsStayTogetherAndSplitsCoverThemOnce() throws IOException {
        put("ids", write("ids.txt", numbered("item-%d\n")));
        put("factors", write("f.csv", "place, size\n" + numbered("%1$d,%1$d.5\n")));
        MultimodalDataset pairs = open(3);
        assertThat(pairs.size(Split.TRAIN)).isEqualTo(28);
        assertThat(pairs.size(Split.VALIDATION)).isEqualTo(6);
        Set<String> seen = new HashSet<>();
        for (Split split : Split.values()) {
            FactorTable factors = pairs.factors(split);
            assertThat(factors.names()).containsExactly("place", "size");
            for (int i = 0; i < pairs.size(split); i++) {
                Example example = pairs.example(split, i);
                float row = factors.values()[i][0];
                assertThat(example.id()).isEqualTo("item-" + (int) row);
                assertThat(example.values().get("x1").numbers()).containsExactly(row, 100 - row, 1);
                assertThat(example.values().get("x2").numbers()).containsExactly(2 * row, row);
                seen.add(example.id());
            }
        }
        assertThat(seen).hasSize(40);
    }

    @Test
    void aSeedRepeatsTheSplitAndContentDecidesTheFingerprint() throws IOException {
        MultimodalDataset first = open(3);
        assertThat(first.example(Split.TEST, 0).id())
                .isEqualTo(open(3).example(Split.TEST, 0).id());
        assertThat(first.factors(Split.TEST).isEmpty()).isTrue();
        assertThat(first.fingerprint()).isEqualTo(open(3).fingerprint());
        assertThat(first.fingerprint()).isNotEqualTo(open(4).fingerprint());
        put("ids", write("ids.txt", numbered("item-%d\n")));
        assertThat(first.fingerprint()).isNotEqualTo(open(3).fingerprint());
    }

    @Test
    void textsAsExcelSavesThemAreRead() throws IOException {
        put("ids", write("ids.txt", "\ufeff" + numbered("item-%d\r\n")));
        put("factors", write("f.csv", "\ufeffplace\r\n" + numbered("%d\r\n")));
        MultimodalDataset pairs = open(3);
        assertThat(pairs.factors(Split.TEST).names()).containsExactly("place");
        Set<String> ids = new HashSet<>();
        for (Split split : Split.values()) {
            for (int i = 0; i < pairs.size(split); i++) {
                ids.add(pairs.example(split, i).id());
            }
        }
        assertThat(ids).contains("item-0");
    }

    @Test
    void factorsMayBeAMatrix() throws IOException {
        put("factors", NumpyFiles.npy(folder.resolve("f.npy"), new float[40][2]));
        assertThat(open(1).factors(Split.TEST).names()).containsExactly("factor-1", "factor-2");
    }

    @Test
    void whatDoesNotFitIsNamed() throws IOException {
        put("x2", NumpyFiles.npy(folder.resolve("short.npy"), new float[39][2]));
        assertRefused("short.npy", "39 rows", "40");
        writeFiles();
        put("ids", write("ids.txt", numbered("same\n")));
        assertRefused("ids.txt", "line 2", "'same'", "line 1");
        put("ids", write("ids.txt", "a\n\n"));
        assertRefused("ids.txt", "2 rows");
        settings.remove("ids");
        put("factors", write("f.csv", "place\n1\ntwo\n"));
        assertRefused("f.csv", "line 3", "'two'");
        put("factors", write("f.csv", "place\n1,2\n"));
        assertRefused("f.csv", "line 2 has 2 cells");
        settings.remove("factors");
        settings.put("test", "0.9");
        assertRefused("validation + test", "1.05");
        settings.put("test", "none");
        assertRefused("test", "none", "not a number");
        settings.put("test", "0.001");
        assertRefused("40 rows are too few");
        settings.remove("x2");
        assertRefused("x2", "missing");
        settings.put("x3", "a");
        assertRefused("x3", "known are", "x1");
    }

    @Test
    void theRegistryNamesWhatItKnows() {
        assertThatThrownBy(() -> Datasets.of("mnist"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("mnist")
                .hasMessageContainingAll("synth", "sprites", "pairs");
        assertThat(Datasets.of("synth").open(DatasetOptions.seeded(1)).name()).isEqualTo("synth");
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> open(1))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(parts);
    }
}
