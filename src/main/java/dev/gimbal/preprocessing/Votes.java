package dev.gimbal.preprocessing;

/// What the pixels of a picture vote for: each has the same number of votes, and each vote a bin
/// and a weight.
///
/// @param side of the picture
/// @param bins how many
/// @param bin of each vote, pixel by pixel
/// @param weight of each vote
record Votes(int side, int bins, int[] bin, float[] weight) {
    private static final double CHANCE = 1e-9;

    /// Lightness, red and yellow, in this many steps.
    private static final int[] COLOUR_STEPS = {5, 8, 8};

    private static final double[] COLOUR_FROM = {0, -40, -40};
    private static final double[] COLOUR_TO = {100, 60, 70};
    private static final int CORNERS = 8;

    static final int COLOURS = COLOUR_STEPS[0] * COLOUR_STEPS[1] * COLOUR_STEPS[2];
    static final int PATTERNS = 59;
    static final int ORIENTATIONS = 9;
    static final int STRENGTHS = 16;

    private static final int[] UNIFORM = uniform();
    private static final int[][] AROUND = {
        {-1, -1}, {0, -1}, {1, -1}, {1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}
    };

    Votes(int side, int bins, int perPixel) {
        this(side, bins, new int[side * side * perPixel], new float[side * side * perPixel]);
    }

    /// Joint colours: a pixel's vote is divided among the 8 nearest bins of L*a*b*.
    static Votes colours(LabPicture picture) {
        Votes votes = new Votes(picture.side(), COLOURS, CORNERS);
        float[][] channels = {picture.lightness(), picture.red(), picture.yellow()};
        int[] low = new int[3];
        double[] above = new double[3];
        for (int pixel = 0; pixel < channels[0].length; pixel++) {
            for (int c = 0; c < 3; c++) {
                double place =
                        (channels[c][pixel] - COLOUR_FROM[c])
                                        / (COLOUR_TO[c] - COLOUR_FROM[c])
                                        * COLOUR_STEPS[c]
                                - 0.5;
                double within = Math.clamp(place, 0, COLOUR_STEPS[c] - 1 - 1e-6);
                low[c] = (int) within;
                above[c] = within - low[c];
            }
            for (int corner = 0; corner < CORNERS; corner++) {
                int bin = 0;
                double weight = 1;
                for (int c = 0; c < 3; c++) {
                    int up = corner >> c & 1;
                    bin = bin * COLOUR_STEPS[c] + low[c] + up;
                    weight *= up == 1 ? above[c] : 1 - above[c];
                }
                votes.bin[pixel * CORNERS + corner] = bin;
                votes.weight[pixel * CORNERS + corner] = (float) weight;
            }
        }
        return votes;
    }

    /// Uniform local binary patterns (Ojala et al. 2002): which of the 8 neighbours are as light as
    /// a pixel, in 58 patterns of at most two changes around the circle and one bin for the rest.
    static Votes patterns(Channel picture) {
        int inner = picture.side() - 2;
        Votes votes = new Votes(inner, PATTERNS, 1);
        float[] values = picture.values();
        for (int i = 0; i < inner * inner; i++) {
            int centre = (i / inner + 1) * picture.side() + i % inner + 1;
            int code = 0;
            for (int n = 0; n < AROUND.length; n++) {
                float other = values[centre + AROUND[n][1] * picture.side() + AROUND[n][0]];
                code |= (other >= values[centre] ? 1 : 0) << n;
            }
            votes.bin[i] = UNIFORM[code];
            votes.weight[i] = 1;
        }
        return votes;
    }

    /// Orientations of gradients, without sign, as strong as the gradient, divided between the two
    /// nearest bins.
    static Votes orientations(Channel picture) {
        Votes votes = new Votes(picture.side(), ORIENTATIONS, 2);
        for (int i = 0; i < picture.values().length; i++) {
            float across = picture.across(i % picture.side(), i / picture.side());
            float down = picture.down(i % picture.side(), i / picture.side());
            double turn = Math.atan2(down, across) / Math.PI;
            double place = (turn - Math.floor(turn)) * ORIENTATIONS;
            int low = (int) place;
            double strength = Math.hypot(across, down);
            votes.bin[2 * i] = low % ORIENTATIONS;
            votes.weight[2 * i] = (float) (strength * (1 - (place - low)));
            votes.bin[2 * i + 1] = (low + 1) % ORIENTATIONS;
            votes.weight[2 * i + 1] = (float) (strength * (place - low));
        }
        return votes;
    }

    /// Strengths of gradients, on a scale of square roots.
    static Votes strengths(Channel picture) {
        Votes votes = new Votes(picture.side(), STRENGTHS, 1);
        for (int i = 0; i < picture.values().length; i++) {
            float across = picture.across(i % picture.side(), i / picture.side());
            float down = picture.down(i % picture.side(), i / picture.side());
            double root = Math.sqrt(Math.hypot(across, down));
            votes.bin[i] = Math.min((int) (root * STRENGTHS), STRENGTHS - 1);
            votes.weight[i] = 1;
        }
        return votes;
    }

    /// The square roots of each cell's shares of votes, `[cell][bin]`, divided by the root of the
    /// number of cells: so a whole histogram has length 1, and products of histograms are
    /// Bhattacharyya's.
    float[] histogram(Cells cells) {
        double[] sums = new double[cells.count() * bins];
        double[] totals = new double[cells.count()];
        int perPixel = bin.length / cells.of().length;
        for (int vote = 0; vote < bin.length; vote++) {
            int cell = cells.of()[vote / perPixel];
            sums[cell * bins + bin[vote]] += weight[vote];
            totals[cell] += weight[vote];
        }
        float[] roots = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            double share = sums[i] / (totals[i / bins] + CHANCE);
            roots[i] = (float) Math.sqrt(share / cells.count());
        }
        return roots;
    }

    private static int[] uniform() {
        int[] bins = new int[256];
        int next = 0;
        for (int code = 0; code < 256; code++) {
            int turned = code >> 1 | (code & 1) << 7;
            bins[code] = Integer.bitCount(code ^ turned) <= 2 ? next++ : PATTERNS - 1;
        }
        return bins;
    }
}
