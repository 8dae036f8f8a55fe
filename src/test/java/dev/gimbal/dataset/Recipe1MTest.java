package dev.gimbal.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Recipe1MTest {
    @TempDir private Path folder;

    @BeforeEach
    void write() throws IOException {
        layers(
                recipe("000b", "train", "Soufflé", 2, 20),
                recipe("000a", "train", "Pea soup", 1, 1),
                recipe("000c", "val", "Bread", 2, 2),
                recipe("000d", "test", "Cake", 2, 2),
                recipe("000e", "test", "A feast", 21, 2),
                recipe("000f", "test", "A wish", 2, 0),
                recipe("000g", "test", "Unseen", 2, 2));
        Files.writeString(
                folder.resolve("layer2.json"),
                """
                [{"id": "000a", "images": [{"id": "gone1.jpg", "url": ""},
                                           {"id": "abcd1.jpg", "url": ""}]},
                 {"id": "000b", "images": [{"id": "bcde2.jpg", "url": ""}]},
                 {"id": "000c", "images": [{"id": "cdef3.jpg", "url": ""}]},
                 {"id": "000d", "images": [{"id": "defg4.jpg", "url": ""}]},
                 {"id": "000e", "images": [{"id": "defg4.jpg", "url": ""}]},
                 {"id": "000f", "images": [{"id": "defg4.jpg", "url": ""}]}]
                """);
        Path drawn = DrawnRecipes.write(folder.resolve("drawn"), 12, 3).resolve("images");
        image(drawn.resolve("d000.png"), "images/train/a/b/c/d/abcd1.jpg");
        image(drawn.resolve("d001.png"), "images/train/b/c/d/e/bcde2.jpg");
        image(drawn.resolve("d002.png"), "val/c/d/e/f/cdef3.jpg");
        image(drawn.resolve("d003.png"), "d/e/f/g/defg4.jpg");
    }

    private static String recipe(
            String id, String partition, String title, int ingredients, int instructions) {
        return """
        {"ingredients": [%s], "url": "x", "partition": "%s", "title": "%s", "id": "%s",
         "instructions": [%s]}\
        """
                .formatted(
                        texts("cup", ingredients),
                        partition,
                        title,
                        id,
                        texts("stir", instructions));
    }

    private static String texts(String word, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"text\": \"%s %d\"}".formatted(word, i))
                .collect(Collectors.joining(", "));
    }

    private void layers(String... recipes) throws IOException {
        Files.writeString(folder.resolve("layer1.json"), "[" + String.join(",\n", recipes) + "]");
    }

    private void image(Path from, String to) throws IOException {
        Path file = folder.resolve(to);
        Files.createDirectories(file.getParent());
        Files.copy(from, file);
    }

    @Test
    void recipesWithAnImageAndAtMostTwentyLinesArePairs() {
        Recipe1M recipes = new Recipe1M(folder, 32);

        assertThat(recipes.size(Split.TRAIN)).isEqualTo(2);
        assertThat(recipes.size(Split.VALIDATION)).isEqualTo(1);
        assertThat(recipes.size(Split.TEST)).isEqualTo(1);
    }

    @Test
    void pairsComeInTheOrderOfIdsWithTheirFirstImageThatIsThere() {
        Recipe1M recipes = new Recipe1M(folder, 32);
        Example soup = recipes.example(Split.TRAIN, 0);
        Example souffle = recipes.example(Split.TRAIN, 1);

        assertThat(soup.id()).isEqualTo("000a");
        assertThat(souffle.values().get("recipe"))
                .isEqualTo(
                        Value.of(
                                new RecipeText(
                                                "Soufflé",
                                                List.of("cup 0", "cup 1"),
                                                IntStream.range(0, 20)
                                                        .mapToObj(i -> "stir " + i)
                                                        .toList())
                                        .format()));
        assertThat(soup.values().get("image").numbers()).hasSize(3 * 32 * 32);
        assertThat(recipes.value(Split.TRAIN, 0, "recipe")).isEqualTo(soup.values().get("recipe"));
    }

    @Test
    void anUnknownPartitionIsNamedWithItsPlace() throws IOException {
        layers(recipe("000a", "dinner", "Pea soup", 1, 1));

        assertThatThrownBy(() -> new Recipe1M(folder, 32))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("byte 1")
                .hasMessageContaining("dinner");
    }

    @Test
    void aDamagedFileIsNamedWithThePlace() throws IOException {
        Files.writeString(folder.resolve("layer1.json"), "[{\"id\": \"000a\", ");

        assertThatThrownBy(() -> new Recipe1M(folder, 32))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("layer1.json")
                .hasMessageContaining("byte");
    }

    @Test
    void missingFilesAndEmptyPartitionsAreRefused(@TempDir Path empty) throws IOException {
        assertThatThrownBy(() -> new Recipe1M(empty, 32)).hasMessageContaining("layer1.json");

        layers(recipe("000a", "train", "Pea soup", 1, 1));
        assertThatThrownBy(() -> new Recipe1M(folder, 32)).hasMessageContaining("VALIDATION");
    }
}
