package dev.gimbal.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Synthetic vectors with known shared and private factors (Sec. 3.3, Kim et al. 2020).
///
/// Factors `f = [fS, f1, f2]` are independent N(0, 1), two shared and one private to each side; `x1
/// = G1(fS, f1)` and `x2 = G2(fS, f2)` have 50 entries. `G(f) = B tanh(A f)`; the paper leaves its
/// size open: here A is `[50, 3]` with entries N(0, 1/3), so that each hidden unit's input has
/// deviation 1 and the tanh bends without saturating, and B is `[50, 50]` with entries N(0, 1/50).
/// Only the shared factors are published: a private one cannot be learnt from pairs and would cap
/// completeness.
public final class Synth implements MultimodalDataset {
    private static final int SHARED = 2;
    private static final int HIDDEN = 50;
    private static final int DIMENSION = 50;

    private final long seed;
    private final Part train;
    private final Part validation;
    private final Part test;

    /// One split: `x1` and `x2` are `[size][50]`, `shared` is `[size][2]`.
    private record Part(float[][] x1, float[][] x2, float[][] shared) {}

    /// The networks and all 13,000 pairs that belong to this seed.
    public Synth(long seed) {
        this.seed = seed;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Mixing first = Mixing.random(random);
        Mixing second = Mixing.random(random);
        train = draw(10_000, first, second, random);
        validation = draw(1_000, first, second, random);
        test = draw(2_000, first, second, random);
    }

    private static Part draw(int size, Mixing first, Mixing second, RandomGenerator random) {
        Part part = new Part(new float[size][], new float[size][], new float[size][]);
        for (int i = 0; i < size; i++) {
            double[] shared = {random.nextGaussian(), random.nextGaussian()};
            part.x1[i] = first.apply(shared[0], shared[1], random.nextGaussian());
            part.x2[i] = second.apply(shared[0], shared[1], random.nextGaussian());
            part.shared[i] = new float[] {(float) shared[0], (float) shared[1]};
        }
        return part;
    }

    @Override
    public String name() {
        return "synth";
    }

    @Override
    public List<Modality> modalities() {
        return List.of(Modality.vector("x1", DIMENSION), Modality.vector("x2", DIMENSION));
    }

    @Override
    public int size(Split split) {
        return part(split).x1.length;
    }

    @Override
    public Example example(Split split, int position) {
        Part part = part(split);
        String id = "%s-%05d".formatted(split.name().toLowerCase(Locale.ROOT), position);
        return new Example(
                id, Map.of("x1", Value.of(part.x1[position]), "x2", Value.of(part.x2[position])));
    }

    @Override
    public FactorTable factors(Split split) {
        return new FactorTable(List.of("shared-1", "shared-2"), part(split).shared);
    }

    @Override
    public String fingerprint() {
        return ContentHash.of("synth/1 seed=" + seed);
    }

    private Part part(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    /// One generating network: `inner` is `[50][3]`, `outer` is `[50][50]`.
    private record Mixing(double[][] inner, double[][] outer) {

        static Mixing random(RandomGenerator random) {
            return new Mixing(
                    gaussian(HIDDEN, SHARED + 1, random), gaussian(DIMENSION, HIDDEN, random));
        }

        private static double[][] gaussian(int rows, int columns, RandomGenerator random) {
            double[][] matrix = new double[rows][columns];
            for (double[] row : matrix) {
                Arrays.setAll(row, i -> random.nextGaussian() / Math.sqrt(columns));
            }
            return matrix;
        }

        float[] apply(double shared1, double shared2, double own) {
            double[] hidden = new double[HIDDEN];
            for (int i = 0; i < HIDDEN; i++) {
                double[] a = inner[i];
                hidden[i] = StrictMath.tanh(a[0] * shared1 + a[1] * shared2 + a[2] * own);
            }
            float[] output = new float[DIMENSION];
            for (int i = 0; i < DIMENSION; i++) {
                double sum = 0;
                for (int j = 0; j < HIDDEN; j++) {
                    sum += outer[i][j] * hidden[j];
                }
                output[i] = (float) sum;
            }
            return output;
        }
    }
}
