package dev.gimbal.preprocessing;

/// A square picture in CIE L*a*b* (1976, white D65): what looks equally different lies equally far
/// apart.
///
/// @param side height and width in pixels
/// @param lightness L*, 0 to 100, row by row
/// @param red a*, from green to red, about -86 to 98
/// @param yellow b*, from blue to yellow, about -108 to 94
record LabPicture(int side, float[] lightness, float[] red, float[] yellow) {
    private static final double[][] XYZ = {
        {0.4124564, 0.3575761, 0.1804375},
        {0.2126729, 0.7151522, 0.0721750},
        {0.0193339, 0.1191920, 0.9503041}
    };
    private static final double[] WHITE = {0.95047, 1, 1.08883};
    private static final double LINEAR_BELOW = 216.0 / 24389;
    private static final double SLOPE = 24389.0 / 27;

    /// @param srgb `[3, side, side]` in `[0, 1]`
    static LabPicture of(float[] srgb, int side) {
        int pixels = side * side;
        LabPicture picture =
                new LabPicture(side, new float[pixels], new float[pixels], new float[pixels]);
        double[] linear = new double[3];
        for (int i = 0; i < pixels; i++) {
            for (int channel = 0; channel < 3; channel++) {
                linear[channel] = linear(srgb[channel * pixels + i]);
            }
            double x = root(linear, 0);
            double y = root(linear, 1);
            double z = root(linear, 2);
            picture.lightness[i] = (float) (116 * y - 16);
            picture.red[i] = (float) (500 * (x - y));
            picture.yellow[i] = (float) (200 * (y - z));
        }
        return picture;
    }

    private static double linear(double srgb) {
        return srgb <= 0.04045 ? srgb / 12.92 : Math.pow((srgb + 0.055) / 1.055, 2.4);
    }

    private static double root(double[] linear, int row) {
        double value = 0;
        for (int channel = 0; channel < 3; channel++) {
            value += XYZ[row][channel] * linear[channel];
        }
        double share = value / WHITE[row];
        return share > LINEAR_BELOW ? Math.cbrt(share) : (SLOPE * share + 16) / 116;
    }

    /// The picture as a mirror shows it.
    LabPicture mirrored() {
        return new LabPicture(side, mirrored(lightness), mirrored(red), mirrored(yellow));
    }

    private float[] mirrored(float[] channel) {
        float[] mirrored = new float[channel.length];
        for (int i = 0; i < channel.length; i++) {
            mirrored[i] = channel[i / side * side + side - 1 - i % side];
        }
        return mirrored;
    }

    /// What is drawn in light and shade.
    Channel lights() {
        return channel(lightness, 100);
    }

    /// What is drawn in red and green.
    Channel reds() {
        return channel(red, 50);
    }

    private Channel channel(float[] values, float unit) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = values[i] / unit;
        }
        return new Channel(side, scaled);
    }
}
