package dev.gimbal.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGeneratorFactory;

/// White shapes on black, 64 x 64 pixels: a square (the query) and an oval of the same scale and
/// place (Sec. 3.4, Kim et al. 2020, after dSprites).
///
/// Six scales from 0.5 to 1 by 32 x 32 positions make 6,144 pairs: 3,072 for training, 1,024 for
/// validation, 2,048 for testing, by a seeded shuffle. A pixel is white when its centre lies in the
/// shape. Shape centres are pixel centres, one pixel apart, from 16 to 47; at scale 1 the square
/// has half-side 15 and the oval half-axes 15 across and 10 down. So every position shifts the
/// picture by a pixel, every scale changes its outermost row, nothing is cut off, and all 12,288
/// pictures differ. Pictures are drawn when asked for (tens of microseconds), never kept.
public final class Sprites implements MultimodalDataset {
    private static final int SIDE = 64;
    private static final int POSITIONS = 32;
    private static final int SCALES = 6;
    private static final int FIRST_CENTRE = 16;
    private static final Modality SQUARE = Modality.image("square", 1, SIDE, SIDE);
    private static final Modality OVAL = Modality.image("oval", 1, SIDE, SIDE);

    private final long seed;
    private final int[] order;

    /// The pairs, shuffled by this seed before they are split.
    public Sprites(long seed) {
        this.seed = seed;
        order =
                Shuffle.of(
                        SCALES * POSITIONS * POSITIONS,
                        RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    }

    /// What a sprite is made from: `scale` in 0..5, `x` (rightwards) and `y` (downwards) in 0..31.
    private record Setting(int scale, int x, int y) {

        static Setting of(int code) {
            return new Setting(
                    code / (POSITIONS * POSITIONS), code / POSITIONS % POSITIONS, code % POSITIONS);
        }

        float[] draw(double halfWidth, double halfHeight, boolean round) {
            double reachX = halfWidth * (5 + scale);
            double reachY = halfHeight * (5 + scale);
            float[] pixels = new float[SIDE * SIDE];
            for (int down = -(int) reachY; down <= reachY; down++) {
                double share = down / reachY;
                int across = (int) (round ? reachX * Math.sqrt(1 - share * share) : reachX);
                int middle = (FIRST_CENTRE + y + down) * SIDE + FIRST_CENTRE + x;
                Arrays.fill(pixels, middle - across, middle + across + 1, 1f);
            }
            return pixels;
        }
    }

    @Override
    public String name() {
        return "sprites";
    }

    @Override
    public List<Modality> modalities() {
        return List.of(SQUARE, OVAL);
    }

    @Override
    public int size(Split split) {
        return switch (split) {
            case TRAIN -> 3_072;
            case VALIDATION -> 1_024;
            case TEST -> 2_048;
        };
    }

    @Override
    public Example example(Split split, int position) {
        Setting setting = setting(split, position);
        String id = "s%d-x%02d-y%02d".formatted(setting.scale, setting.x, setting.y);
        float[] square = setting.draw(1.5, 1.5, false);
        float[] oval = setting.draw(1.5, 1.0, true);
        return new Example(id, Map.of("square", Value.of(square), "oval", Value.of(oval)));
    }

    @Override
    public FactorTable factors(Split split) {
        float[][] values = new float[size(split)][];
        for (int i = 0; i < values.length; i++) {
            Setting setting = setting(split, i);
            values[i] =
                    new float[] {
                        (5 + setting.scale) / 10f,
                        setting.x / (POSITIONS - 1f),
                        setting.y / (POSITIONS - 1f)
                    };
        }
        return new FactorTable(List.of("scale", "x", "y"), values);
    }

    @Override
    public String fingerprint() {
        return ContentHash.of("sprites/1 seed=" + seed);
    }

    private Setting setting(Split split, int position) {
        Objects.checkIndex(position, size(split));
        int offset =
                switch (split) {
                    case TRAIN -> 0;
                    case VALIDATION -> 3_072;
                    case TEST -> 4_096;
                };
        return Setting.of(order[offset + position]);
    }
}
