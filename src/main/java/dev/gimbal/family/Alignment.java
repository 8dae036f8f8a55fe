package dev.gimbal.family;

/// An invertible affine change of the latent chart, `z' = W (z - m)`, found after training so that
/// each axis is one factor.
///
/// @param unmixing W, `[latent][latent]`
/// @param mixing its inverse
/// @param mean m, `[latent]`
public record Alignment(float[][] unmixing, float[][] mixing, float[] mean) {
    private static final double TOLERANCE = 1e-2;

    public Alignment {
        int d = mean.length;
        requireSquare(unmixing, d);
        requireSquare(mixing, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double product = 0;
                for (int l = 0; l < d; l++) {
                    product += (double) unmixing[i][l] * mixing[l][j];
                }
                if (!(Math.abs(product - (i == j ? 1 : 0)) < TOLERANCE)) {
                    throw new IllegalArgumentException("mixing is not the inverse of unmixing");
                }
            }
        }
    }

    /// No change at all.
    public static Alignment identity(int latent) {
        float[][] eye = new float[latent][latent];
        for (int i = 0; i < latent; i++) {
            eye[i][i] = 1;
        }
        return new Alignment(eye, eye, new float[latent]);
    }

    private static void requireSquare(float[][] matrix, int d) {
        for (float[] row : matrix) {
            if (matrix.length != d || row.length != d) {
                throw new IllegalArgumentException("alignment matrices must be " + d + " x " + d);
            }
        }
    }
}
