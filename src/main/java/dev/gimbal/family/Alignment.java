package dev.gimbal.family;

import java.util.Arrays;

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
        for (float m : mean) {
            if (!Float.isFinite(m)) {
                throw new IllegalArgumentException(
                        "alignment mean is not finite: " + Arrays.toString(mean));
            }
        }
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

    /// `W (z - m)`.
    public float[] apply(float[] z) {
        float[] centred = z.clone();
        for (int i = 0; i < centred.length; i++) {
            centred[i] -= mean[i];
        }
        return multiply(unmixing, centred);
    }

    /// `W^-1 z' + m`.
    public float[] invert(float[] aligned) {
        float[] z = multiply(mixing, aligned);
        for (int i = 0; i < z.length; i++) {
            z[i] += mean[i];
        }
        return z;
    }

    /// This change followed by another: `z'' = W2 (W1 (z - m1) - m2)`.
    public Alignment then(Alignment next) {
        float[] moved = multiply(mixing, next.mean);
        float[] origin = mean.clone();
        for (int i = 0; i < origin.length; i++) {
            origin[i] += moved[i];
        }
        return new Alignment(
                multiply(next.unmixing, unmixing), multiply(mixing, next.mixing), origin);
    }

    private static float[] multiply(float[][] matrix, float[] vector) {
        float[] product = new float[matrix.length];
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                product[i] += matrix[i][j] * vector[j];
            }
        }
        return product;
    }

    private static float[][] multiply(float[][] a, float[][] b) {
        float[][] product = new float[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                for (int l = 0; l < a.length; l++) {
                    product[i][j] += a[i][l] * b[l][j];
                }
            }
        }
        return product;
    }

    private static void requireSquare(float[][] matrix, int d) {
        if (matrix.length != d || Arrays.stream(matrix).anyMatch(row -> row.length != d)) {
            throw new IllegalArgumentException("alignment matrices must be " + d + " x " + d);
        }
    }
}
