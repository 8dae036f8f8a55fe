package dev.gimbal.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecipeTextTest {
    private static final RecipeText SOUP =
            new RecipeText(
                    "Pea soup", List.of("1 cup peas", "salt"), List.of("Boil.", "Salt, serve."));

    @Test
    void whatIsWrittenIsReadBack() {
        assertThat(RecipeText.parse(SOUP.format())).isEqualTo(SOUP);
        assertThat(SOUP.format()).startsWith("Pea soup\n\n- 1 cup peas\n- salt\n\nBoil.\n");
    }

    @Test
    void aSentenceIsATitle() {
        assertThat(RecipeText.parse("  green soup with grains "))
                .isEqualTo(new RecipeText("green soup with grains", List.of(), List.of()));
    }

    @Test
    void withoutTitleAndIngredientsTheFirstInstructionIsReadAsATitle() {
        RecipeText told = new RecipeText("", List.of(), List.of("Boil.", "Serve."));

        assertThat(RecipeText.parse(told.format()))
                .isEqualTo(new RecipeText("Boil.", List.of(), List.of("Serve.")));
    }

    @Test
    void tagsAreALineOfHashes() {
        RecipeText tagged =
                new RecipeText(
                        "Pea soup",
                        List.of("peas"),
                        List.of("Boil."),
                        List.of("main dish", "green"));

        assertThat(tagged.format()).isEqualTo("Pea soup\n\n- peas\n\nBoil.\n\n#main-dish #green\n");
        assertThat(RecipeText.parse(tagged.format())).isEqualTo(tagged);
        assertThat(RecipeText.parse("# Soup").title()).isEqualTo("# Soup");
    }

    @Test
    void aTextMayStartWithItsIngredients() {
        assertThat(RecipeText.parse("- salt\nBoil."))
                .isEqualTo(new RecipeText("", List.of("salt"), List.of("Boil.")));
    }

    @Test
    void linesStayLines() {
        assertThat(new RecipeText("a\nb", List.of("c\n- d"), List.of()).format())
                .isEqualTo("a b\n\n- c - d\n");
    }
}
