package dev.gimbal.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpritesTest {
    private static final Sprites SPRITES = new Sprites(1);

    @Test
    void allPicturesArePairwiseDistinctBinaryAndWhollyInside() {
        Set<BitSet> pictures = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (Split split : Split.values()) {
            for (int i = 0; i < SPRITES.size(split); i++) {
                Example example = SPRITES.example(split, i);
                ids.add(example.id());
                example.values().values().forEach(pixels -> pictures.add(bits(pixels.numbers())));
            }
        }
        assertThat(pictures).hasSize(12_288);
        assertThat(ids).hasSize(6_144);
    }

    private static BitSet bits(float[] pixels) {
        BitSet set = new BitSet(64 * 64);
        for (int i = 0; i < pixels.length; i++) {
            assertThat(pixels[i] == 0 || pixels[i] == 1).isTrue();
            boolean border = i < 64 || i >= 63 * 64 || i % 64 == 0 || i % 64 == 63;
            assertThat(border && pixels[i] == 1).isFalse();
            set.set(i, pixels[i] == 1);
        }
        return set;
    }

    @Test
    void areasAreThoseOfTheShapes() {
        FactorTable factors = SPRITES.factors(Split.TEST);
        for (int i = 0; i < 200; i++) {
            Example example = SPRITES.example(Split.TEST, i);
            double reach = 15 * factors.values()[i][0];
            int side = 2 * (int) Math.floor(reach + 1e-4) + 1;
            assertThat(sum(example.values().get("square").numbers())).isEqualTo(side * side);
            double area = Math.PI * reach * reach * 2 / 3;
            assertThat(sum(example.values().get("oval").numbers()))
                    .isBetween(.93 * area, 1.07 * area);
        }
    }

    private static double sum(float[] pixels) {
        double sum = 0;
        for (float pixel : pixels) {
            sum += pixel;
        }
        return sum;
    }

    @Test
    void factorsSayWhereTheShapesMiddleIs() {
        FactorTable factors = SPRITES.factors(Split.VALIDATION);
        assertThat(factors.names()).containsExactly("scale", "x", "y");
        for (int i = 0; i < 100; i++) {
            float[] oval = SPRITES.example(Split.VALIDATION, i).values().get("oval").numbers();
            double x = 0;
            double y = 0;
            for (int p = 0; p < oval.length; p++) {
                x += oval[p] * (p % 64);
                y += oval[p] * (p / 64);
            }
            float[] row = factors.values()[i];
            assertThat(x / sum(oval)).isCloseTo(16 + 31 * row[1], within());
            assertThat(y / sum(oval)).isCloseTo(16 + 31 * row[2], within());
        }
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-4);
    }

    @Test
    void splitsHaveThePapersSizesAndASeedRepeatsThem() {
        assertThat(Arrays.stream(Split.values()).map(SPRITES::size))
                .containsExactly(3_072, 1_024, 2_048);
        assertThat(new Sprites(1).example(Split.TEST, 5).id())
                .isEqualTo(SPRITES.example(Split.TEST, 5).id());
        assertThat(new Sprites(2).fingerprint()).isNotEqualTo(SPRITES.fingerprint());
        assertThatThrownBy(() -> SPRITES.example(Split.TRAIN, 3_072))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
