package dev.gimbal.dataset;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Generated pairs of embeddings as a contrastive model gives them: unit vectors with a power-law
/// spectrum, a gap between the modalities, and what only one side shows.
///
/// `x_m = normalise(R (g_m + c + n_m))`. The content c is shared: independent coordinates of
/// variance proportional to `j^-1` that add up to 1. The offset `g_m` of a modality has length 1.5
/// in a random direction of its own: the modality gap. The private part `n_m` is Gaussian with
/// variances proportional to `j^-0.5` in an order of its own, which add up to `noise`. R is a fixed
/// rotation. At the default noise, the cosine of the two vectors ranks the right one among the
/// first ten of 1,000 in more than 8 of 10 cases.
///
/// The eight strongest coordinates of the content are uniform, all others Gaussian; on demand they
/// are published as factors, which metrics alone see (a traversal of every test query in 512
/// dimensions takes its time). Examples are made on demand from (seed, position): nothing is kept
/// but the offsets and orders.
public final class Embeddings implements MultimodalDataset {
    private static final int FACTORS = 8;
    private static final double CONTENT_EXPONENT = 1;
    private static final double NOISE_EXPONENT = 0.5;
    private static final double GAP = 1.5;

    /// Between the seeds of two examples: odd, and not the step of the generator itself.
    private static final long STRIDE = 0xD1342543DE82EF95L;

    /// How much of it there is.
    ///
    /// @param pairs of all splits; a tenth each validates and tests
    /// @param dimension of a vector, a power of two of at least 16
    /// @param noise variance of what only one side shows, where shared content has 1
    /// @param factors how many of the uniform coordinates are published, 0 to 8
    public record Extent(int pairs, int dimension, double noise, int factors) {
        /// 50,000 pairs of 512 numbers.
        public static final Extent STANDARD = new Extent(50_000, 512, 3.6, 0);

        public Extent {
            if (pairs < 10 || pairs > 10_000_000) {
                throw new BadInputException("pairs", pairs, "must be 10 to 10000000");
            }
            if (dimension < 16 || Integer.bitCount(dimension) != 1) {
                throw new BadInputException(
                        "dimension", dimension, "must be a power of two, 16 or more");
            }
            if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
                throw new BadInputException("noise", noise, "must be 0 or more");
            }
            if (factors < 0 || factors > FACTORS) {
                throw new BadInputException("factors", factors, "must be 0 to " + FACTORS);
            }
        }
    }

    /// What is particular to one modality.
    ///
    /// @param offset g_m
    /// @param deviations of n_m, coordinate by coordinate
    private record Side(double[] offset, double[] deviations) {}

    private final Extent extent;
    private final long seed;
    private final double[] content;
    private final List<Side> sides;
    private final HadamardRotation rotation;
    private final long[] starts;

    /// The data set of this seed.
    public Embeddings(Extent extent, long seed) {
        this.extent = extent;
        this.seed = seed;
        SplittableRandom random = new SplittableRandom(seed);
        content = deviations(CONTENT_EXPONENT, 1, extent.dimension());
        sides = List.of(side(random), side(random));
        rotation = HadamardRotation.random(extent.dimension(), random);
        starts = random.longs(Split.values().length).toArray();
    }

    private Side side(SplittableRandom random) {
        int d = extent.dimension();
        double[] offset = random.doubles(d, -1, 1).toArray();
        double length =
                Math.sqrt(IntStream.range(0, d).mapToDouble(i -> offset[i] * offset[i]).sum());
        double[] sorted = deviations(NOISE_EXPONENT, extent.noise(), d);
        int[] order = Shuffle.of(d, random);
        double[] deviations = new double[d];
        for (int i = 0; i < d; i++) {
            offset[i] *= GAP / length;
            deviations[i] = sorted[order[i]];
        }
        return new Side(offset, deviations);
    }

    /// Standard deviations of a spectrum `j^-exponent` of this total variance.
    private static double[] deviations(double exponent, double total, int d) {
        double[] variance =
                IntStream.rangeClosed(1, d).mapToDouble(j -> Math.pow(j, -exponent)).toArray();
        double sum = IntStream.range(0, d).mapToDouble(j -> variance[j]).sum();
        return IntStream.range(0, d)
                .mapToDouble(j -> Math.sqrt(variance[j] * total / sum))
                .toArray();
    }

    @Override
    public String name() {
        return "embeddings";
    }

    @Override
    public List<Modality> modalities() {
        return List.of(
                Modality.vector("x1", extent.dimension()),
                Modality.vector("x2", extent.dimension()));
    }

    @Override
    public int size(Split split) {
        int held = extent.pairs() / 10;
        return split == Split.TRAIN ? extent.pairs() - 2 * held : held;
    }

    @Override
    public Example example(Split split, int position) {
        SplittableRandom random = random(split, position);
        double[] shared = shared(random, content.length);
        float[] x1 = vector(shared, sides.getFirst(), random);
        float[] x2 = vector(shared, sides.getLast(), random);
        String id = "%s-%06d".formatted(split.name().toLowerCase(Locale.ROOT), position);
        return new Example(id, Map.of("x1", Value.of(x1), "x2", Value.of(x2)));
    }

    @Override
    public FactorTable factors(Split split) {
        int published = extent.factors();
        if (published == 0) {
            return FactorTable.NONE;
        }
        float[][] rows = new float[size(split)][published];
        for (int i = 0; i < rows.length; i++) {
            double[] shared = shared(random(split, i), FACTORS);
            for (int j = 0; j < published; j++) {
                rows[i][j] = (float) (shared[j] / content[j]);
            }
        }
        List<String> names =
                IntStream.rangeClosed(1, published).mapToObj("content-%d"::formatted).toList();
        return new FactorTable(names, rows);
    }

    private SplittableRandom random(Split split, int position) {
        int checked = Objects.checkIndex(position, size(split));
        return new SplittableRandom(starts[split.ordinal()] + checked * STRIDE);
    }

    /// The first coordinates of c; the eight uniform ones are drawn first.
    private double[] shared(SplittableRandom random, int coordinates) {
        double[] shared = new double[coordinates];
        for (int j = 0; j < coordinates; j++) {
            double unit =
                    j < FACTORS
                            ? (random.nextDouble() - 0.5) * Math.sqrt(12)
                            : random.nextGaussian();
            shared[j] = content[j] * unit;
        }
        return shared;
    }

    private float[] vector(double[] shared, Side side, SplittableRandom random) {
        double[] x = new double[shared.length];
        double squares = 0;
        for (int j = 0; j < x.length; j++) {
            x[j] = side.offset[j] + shared[j] + side.deviations[j] * random.nextGaussian();
            squares += x[j] * x[j];
        }
        rotation.apply(x);
        float[] unit = new float[x.length];
        for (int j = 0; j < x.length; j++) {
            unit[j] = (float) (x[j] / Math.sqrt(squares));
        }
        return unit;
    }

    @Override
    public String fingerprint() {
        return ContentHash.of(
                "embeddings/1 seed=%d Extent[pairs=%d, dimension=%d, noise=%s]"
                        .formatted(seed, extent.pairs(), extent.dimension(), extent.noise()));
    }
}
