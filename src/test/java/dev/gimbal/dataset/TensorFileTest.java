package dev.gimbal.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFileTest {
    private static final String TWO =
            """
            {"__metadata__": {"format": "pt"},
             "a": {"dtype": "F32", "shape": [2, 1, 2], "data_offsets": [0, 16]},
             "count": {"dtype": "I64", "shape": [], "data_offsets": [16, 24]}}\
            """;

    @TempDir private Path folder;

    @Test
    void arraysOfAnyShapeComeBackByName() throws IOException {
        Map<String, Tensor> read = TensorFile.read(write(TWO, 1, 2, 3, 4), _ -> true);

        assertThat(read).containsOnlyKeys("a", "count");
        assertThat(read.get("a").shape()).isEqualTo(List.of(2L, 1L, 2L));
        assertThat(read.get("a").values()).containsExactly(1, 2, 3, 4);
        assertThat(read.get("count").shape()).isEmpty();
        assertThat(read.get("count").values()).containsExactly(9);
    }

    @Test
    void whatIsNotWantedIsNotRead() throws IOException {
        Path file = write(TWO.replace("I64", "BF16"), 1, 2, 3, 4);

        assertThat(TensorFile.read(file, name -> name.equals("a"))).containsOnlyKeys("a");
        assertThatThrownBy(() -> TensorFile.read(file, _ -> true))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("BF16");
    }

    @Test
    void shapesBeyondTheFileAndBadNumbersAreRefused() throws IOException {
        Path large = write(TWO.replace("[2, 1, 2]", "[3037000500, 3037000500]"), 1, 2, 3, 4);
        assertThatThrownBy(() -> TensorFile.read(large, _ -> true))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("'a'");
        Path bad = write(TWO, 1, Float.NaN, 3, 4);
        assertThatThrownBy(() -> TensorFile.read(bad, _ -> true))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("'a'", "NaN at 1");
    }

    private Path write(String header, float... values) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + 4 * values.length + 8);
        file.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
        for (float value : values) {
            file.putFloat(value);
        }
        return Files.write(folder.resolve("x.safetensors"), file.putLong(9).array());
    }
}
