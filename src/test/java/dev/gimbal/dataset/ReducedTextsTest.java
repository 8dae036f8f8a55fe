package dev.gimbal.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gimbal.dataset.ReducedTexts.Reduction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReducedTextsTest {
    private static final MultimodalDataset WHOLE =
            Datasets.of("plates")
                    .open(
                            new DatasetOptions(
                                    1, Map.of("train", "40", "validation", "8", "test", "8")));

    private static RecipeText text(MultimodalDataset data, Split split, int position) {
        Value value = Objects.requireNonNull(data.value(split, position, "recipe"));
        return RecipeText.parse(((Value.Text) value).text());
    }

    @Test
    void everyCopyKeepsSomeWholeFieldsAndThePicture() {
        MultimodalDataset data = new ReducedTexts(WHOLE, new Reduction(5, 1), 3);
        Set<Integer> counts = new TreeSet<>();

        assertThat(data.size(Split.TRAIN)).isEqualTo(200);
        for (int i = 0; i < 200; i++) {
            RecipeText whole = text(WHOLE, Split.TRAIN, i / 5);
            RecipeText part = text(data, Split.TRAIN, i);
            assertThat(part.ingredients()).isIn(List.of(), whole.ingredients());
            assertThat(part).isNotEqualTo(whole);
            assertThat(part.title()).isIn("", whole.title());
            assertThat(part.instructions()).isIn(List.of(), whole.instructions());
            assertThat(part.tags()).isIn(List.of(), whole.tags());
            assertThat(part.title() + part.ingredients()).isNotEqualTo("[]");
            counts.add((part.title().isEmpty() ? 0 : 1) + (part.ingredients().isEmpty() ? 0 : 1));
            assertThat(data.example(Split.TRAIN, i).values().get("picture").numbers())
                    .isEqualTo(WHOLE.example(Split.TRAIN, i / 5).values().get("picture").numbers());
            assertThat(data.valueIndex(Split.TRAIN, i, "picture")).isEqualTo(i / 5);
        }
        assertThat(counts).hasSizeGreaterThan(1);
    }

    @Test
    void theSameSeedLeavesOutTheSame() {
        MultimodalDataset one = new ReducedTexts(WHOLE, new Reduction(2, .5), 3);
        MultimodalDataset same = new ReducedTexts(WHOLE, new Reduction(2, .5), 3);
        MultimodalDataset other = new ReducedTexts(WHOLE, new Reduction(2, .5), 4);
        int differ = 0;
        for (int i = 0; i < 80; i++) {
            assertThat(text(one, Split.TRAIN, i)).isEqualTo(text(same, Split.TRAIN, i));
            differ += text(one, Split.TRAIN, i).equals(text(other, Split.TRAIN, i)) ? 0 : 1;
        }
        assertThat(differ).isPositive();
    }

    @Test
    void whatIsMeasuredStaysWhole() {
        MultimodalDataset data = new ReducedTexts(WHOLE, new Reduction(5, 1), 3);

        assertThat(data.size(Split.TEST)).isEqualTo(8);
        assertThat(text(data, Split.TEST, 7)).isEqualTo(text(WHOLE, Split.TEST, 7));
        assertThat(data.factors(Split.TRAIN).values()[9])
                .isEqualTo(WHOLE.factors(Split.TRAIN).values()[1]);
        assertThat(data.fingerprint()).isEqualTo(WHOLE.fingerprint());
    }

    @Test
    void impossibleReductionsAreRefused() {
        assertThatThrownBy(() -> new Reduction(0, .5)).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> new Reduction(1, 1.5)).hasMessageContaining("1.5");
    }
}
