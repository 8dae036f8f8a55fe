package dev.gimbal.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeFolderTest {
    @TempDir private Path folder;

    @BeforeEach
    void draw() throws IOException {
        DrawnRecipes.write(folder, 60, 1);
    }

    private static RecipeFolder open(Path folder) {
        return new RecipeFolder(List.of(folder), 32, 1);
    }

    @Test
    void givenSplitsAreHonoured() {
        RecipeFolder recipes = open(folder);

        assertThat(recipes.size(Split.TRAIN)).isEqualTo(36);
        assertThat(recipes.size(Split.VALIDATION)).isEqualTo(12);
        assertThat(recipes.size(Split.TEST)).isEqualTo(12);
        assertThat(recipes.example(Split.VALIDATION, 0).id()).isEqualTo("d036");
    }

    @Test
    void theFolderMayBeTheOneThatTheCommandRunsIn() {
        assertThat(RecipeFile.isWithin(Path.of("."), Path.of("images/d000.png"))).isTrue();
        assertThat(RecipeFile.isWithin(Path.of("."), Path.of("../images/d000.png"))).isFalse();
        assertThat(RecipeFile.isWithin(Path.of("a"), Path.of("a/../ab/d000.png"))).isFalse();
    }

    @Test
    void anExampleIsAPictureAndARecipe() {
        Example example = open(folder).example(Split.TRAIN, 7);

        assertThat(example.values().get("image").numbers()).hasSize(3 * 32 * 32);
        assertThat(RecipeText.parse(((Value.Text) example.values().get("recipe")).text()))
                .isEqualTo(
                        new RecipeText(
                                "Striped spinach",
                                List.of("2 cups spinach", "salt", "water"),
                                List.of("Cut the spinach into ribbons.", "Serve.")));
    }

    @Test
    void oneValueIsReadWithoutTheOther() throws IOException {
        RecipeFolder recipes = open(folder);
        Files.delete(folder.resolve("images/d000.png"));

        assertThat(recipes.value(Split.TRAIN, 0, "recipe")).isInstanceOf(Value.Text.class);
        assertThat(recipes.value(Split.TRAIN, 0, "smell")).isNull();
    }

    @Test
    void linesOfJsonSayTheSame(@TempDir Path other) throws IOException {
        Files.createDirectories(other.resolve("images"));
        Files.copy(folder.resolve("images/d000.png"), other.resolve("images/d000.png"));
        String line =
                """
                {"id": "%s", "split": "%s", "title": "Round tomato", "tags": [], \
                "ingredients": ["2 cups tomato", "salt", "water"], \
                "instructions": ["Roll the tomato into balls.", "Serve."], \
                "image": "images/d000.png", "image_source_size": [80, 80]}
                """;
        Files.writeString(
                other.resolve("recipes.jsonl"),
                line.formatted("d000", "train")
                        + line.formatted("b", "val")
                        + line.formatted("c", "test"));

        Map<String, Value> here = open(folder).example(Split.TRAIN, 0).values();
        Map<String, Value> there = open(other).example(Split.TRAIN, 0).values();

        assertThat(there.get("recipe")).isEqualTo(here.get("recipe"));
        assertThat(there.get("image").numbers()).containsExactly(here.get("image").numbers());
    }

    @Test
    void textsUnderOtherNamesOrInOtherFormsAreRefusedRatherThanLost() throws IOException {
        Files.delete(folder.resolve("recipes.tsv"));
        assertLineRefused(
                "\"directions\": [\"Roll.\"], \"ingredients\": [\"salt\"]",
                "no line has the field 'instructions'",
                "directions");
        assertLineRefused(
                "\"instructions\": [\"Roll.\"], \"ingredients\": [{\"text\": \"salt\"}]",
                "line 1",
                "'ingredients'");
        assertLineRefused(
                "\"instructions\": [[\"Roll.\"]], \"ingredients\": []", "line 1", "'instructions'");
    }

    private void assertLineRefused(String texts, String place, String reason) throws IOException {
        Files.writeString(
                folder.resolve("recipes.jsonl"),
                "{\"id\": \"a\", \"title\": \"Soup\", \"image\": \"images/d000.png\", %s}\n"
                        .formatted(texts));
        assertRefused(place, reason);
    }

    @Test
    void aRecipeWithoutAnyTextIsRefused() throws IOException {
        rewrite(text -> text.replaceFirst("d001\ttrain.*\timages", "d001\ttrain\t\t\t\t\timages"));

        assertRefused("line 3", "has neither a title nor ingredients nor instructions");
    }

    @Test
    void aTableAsExcelSavesItIsRead() throws IOException {
        rewrite(text -> "\ufeff" + text.replace("\n", "\r\n"));

        assertThat(open(folder).size(Split.TRAIN)).isEqualTo(36);
    }

    @Test
    void withoutSplitsTheyAreDrawnByTheSeed() throws IOException {
        rewrite(text -> text.replaceAll("\t(split|train|val|test)\t", "\t"));

        RecipeFolder recipes = open(folder);
        assertThat(recipes.size(Split.TEST)).isEqualTo(9);
        assertThat(recipes.size(Split.TRAIN)).isEqualTo(42);
        assertThat(new RecipeFolder(List.of(folder), 32, 2).example(Split.TEST, 0).id())
                .isNotEqualTo(recipes.example(Split.TEST, 0).id());
    }

    @Test
    void theFingerprintFollowsTheContent() throws IOException {
        String before = open(folder).fingerprint();
        assertThat(open(folder).fingerprint()).isEqualTo(before);

        Files.copy(
                folder.resolve("images/d001.png"),
                folder.resolve("images/d000.png"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(open(folder).fingerprint()).isNotEqualTo(before);
    }

    @Test
    void aBadLineIsNamed() throws IOException {
        rewrite(text -> text.replaceFirst("d002\ttrain", "d002\tdinner"));
        assertRefused("line 4", "dinner");

        DrawnRecipes.write(folder, 60, 1);
        rewrite(text -> text.replaceFirst("\timages/d001.png", ""));
        assertRefused("line 3", "has 6 cells, the header 7");

        DrawnRecipes.write(folder, 60, 1);
        rewrite(text -> text.replaceFirst("images/d001.png", "../d001.png"));
        assertRefused("line 3", "not in the folder");

        DrawnRecipes.write(folder, 60, 1);
        rewrite(text -> text.replaceFirst("d002\t", "d001\t"));
        assertRefused("recipes.tsv", "id 'd001' twice");

        rewrite(text -> text.replaceFirst("\tinstructions\t", "\tsteps\t"));
        assertRefused("line 1", "lacks the column 'instructions'");
    }

    @Test
    void aFileThatHoldsNoPictureIsNamed() throws IOException {
        RecipeFolder recipes = open(folder);
        Files.writeString(folder.resolve("images/d000.png"), "nothing");

        assertThatThrownBy(() -> recipes.example(Split.TRAIN, 0))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("d000.png");
    }

    @Test
    void aFolderWithoutRecipesIsRefused(@TempDir Path empty) {
        assertThatThrownBy(() -> open(empty))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("has no recipes.tsv");
    }

    private void assertRefused(String place, String reason) {
        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(reason);
    }

    private void rewrite(java.util.function.UnaryOperator<String> change) throws IOException {
        Path file = folder.resolve("recipes.tsv");
        Files.writeString(file, change.apply(Files.readString(file)));
    }
}
