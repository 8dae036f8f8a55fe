package dev.gimbal.preprocessing;

/// One channel of a square picture.
///
/// @param side height and width in pixels
/// @param values row by row, about 1 from end to end
record Channel(int side, float[] values) {

    /// Halved this many times.
    Channel scaled(int times) {
        return times == 0 ? this : half().scaled(times - 1);
    }

    /// Half as large: each pixel is the mean of four; an odd last row and column is left out.
    Channel half() {
        int half = side / 2;
        float[] means = new float[half * half];
        for (int y = 0; y < half; y++) {
            for (int x = 0; x < half; x++) {
                int i = 2 * y * side + 2 * x;
                means[y * half + x] =
                        (values[i] + values[i + 1] + values[i + side] + values[i + side + 1]) / 4;
            }
        }
        return new Channel(half, means);
    }

    /// Change from the pixel on the left to that on the right; 0 at the border.
    float across(int x, int y) {
        return x == 0 || x == side - 1 ? 0 : values[y * side + x + 1] - values[y * side + x - 1];
    }

    /// Change from the pixel above to that below; 0 at the border.
    float down(int x, int y) {
        return y == 0 || y == side - 1
                ? 0
                : values[(y + 1) * side + x] - values[(y - 1) * side + x];
    }
}
