package dev.gimbal.training;

import dev.gimbal.dataset.Example;
import dev.gimbal.dataset.FactorTable;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Two independent uniform factors, seen through one linear and one curved map: `x1 = A f` of 6 and
/// `x2 = tanh(B f)` of 5 entries; 400 pairs to train on, 100 each to validate and to test.
///
/// @param unit what every value is multiplied by; not a number makes bad data
record SmallPairs(float unit) implements MultimodalDataset {
    static final SmallPairs CLEAN = new SmallPairs(1);
    private static final int FACTORS = 2;
    private static final int MOST = 1_000;

    @Override
    public String name() {
        return "small-pairs";
    }

    @Override
    public List<Modality> modalities() {
        return List.of(Modality.vector("x1", 6), Modality.vector("x2", 5));
    }

    @Override
    public int size(Split split) {
        return split == Split.TRAIN ? 400 : 100;
    }

    @Override
    public Example example(Split split, int position) {
        float[] f = factors(split, position);
        float[] x1 = map(6, 1, f);
        float[] x2 = map(5, 2, f);
        for (int i = 0; i < x2.length; i++) {
            x2[i] = (float) Math.tanh(x2[i]);
        }
        return new Example(split + "-" + position, Map.of("x1", Value.of(x1), "x2", Value.of(x2)));
    }

    @Override
    public FactorTable factors(Split split) {
        float[][] rows = new float[size(split)][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = factors(split, i);
        }
        return new FactorTable(List.of("left", "right"), rows);
    }

    private float[] factors(Split split, int position) {
        RandomGenerator random = random(1_000 + (long) split.ordinal() * MOST + position);
        return new float[] {random.nextFloat(-1, 1), random.nextFloat(-1, 1)};
    }

    private float[] map(int size, long seed, float[] f) {
        RandomGenerator random = random(seed);
        float[] x = new float[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < FACTORS; j++) {
                x[i] += unit * (float) random.nextGaussian() * f[j];
            }
        }
        return x;
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    @Override
    public String fingerprint() {
        return "small-pairs " + unit;
    }
}
