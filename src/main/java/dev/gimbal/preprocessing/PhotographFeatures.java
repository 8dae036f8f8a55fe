package dev.gimbal.preprocessing;

import ai.djl.ndarray.NDArray;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Value;
import dev.gimbal.network.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Colours and textures of a photograph, without any training but of their principal components:
/// what a few hundred pictures can be told apart by.
///
/// Histograms of colours in L*a*b*, of local binary patterns, and of orientations and strengths of
/// gradients, each over a pyramid of cells and at several scales, as their square roots (Hellinger
/// kernel); the mean of the picture and its mirror image.
///
/// @param side height and width of the pictures in pixels, a multiple of 8
/// @param components how many principal components are kept
public record PhotographFeatures(int side, int components) implements Preprocessing {
    private static final int SCALES = 3;
    private static final int GRADIENT_SCALES = 2;

    /// Reds and greens are noisy at the finest scale, and coarse as photographs are stored.
    private static final int RED_SCALE = 1;

    private static final int RINGS = 3;

    /// Cells of the pyramid that all but orientations share.
    private static final int CELLS = 1 + 4 + RINGS;

    private static final int ORIENTED_CELLS = 4 + 16;
    private static final int ENTRIES =
            CELLS * (Votes.COLOURS + SCALES * Votes.PATTERNS + Votes.STRENGTHS)
                    + GRADIENT_SCALES
                            * (CELLS * Votes.STRENGTHS + ORIENTED_CELLS * Votes.ORIENTATIONS);

    public PhotographFeatures {
        if (side < 32 || side % 8 != 0) {
            throw new BadInputException(
                    "side", side, "must be a multiple of 8, 32 or more, for photograph-features");
        }
        if (components < 1) {
            throw new BadInputException("components", components, "must be positive");
        }
    }

    /// @throws IllegalArgumentException when the value is no picture of 3 channels and this side
    @Override
    public float[] read(Value value) {
        float[] pixels = value.numbers();
        if (pixels.length != 3 * side * side) {
            throw new IllegalArgumentException(
                    "a picture of 3 x %d x %d has not %d numbers"
                            .formatted(side, side, pixels.length));
        }
        LabPicture picture = LabPicture.of(pixels, side);
        float[] features = describe(picture);
        float[] mirrored = describe(picture.mirrored());
        for (int i = 0; i < features.length; i++) {
            features[i] = (features[i] + mirrored[i]) / 2;
        }
        return features;
    }

    /// `[ENTRIES]` of a picture alone.
    private static float[] describe(LabPicture picture) {
        List<float[]> histograms = new ArrayList<>(pyramid(Votes.colours(picture)));
        histograms.addAll(pyramid(Votes.strengths(picture.reds().scaled(RED_SCALE))));
        for (int scale = 0; scale < SCALES; scale++) {
            Channel lights = picture.lights().scaled(scale);
            histograms.addAll(pyramid(Votes.patterns(lights)));
            if (scale < GRADIENT_SCALES) {
                Votes orientations = Votes.orientations(lights);
                histograms.add(orientations.histogram(Cells.grid(lights.side(), 2)));
                histograms.add(orientations.histogram(Cells.grid(lights.side(), 4)));
                histograms.addAll(pyramid(Votes.strengths(lights)));
            }
        }
        float[] all = new float[ENTRIES];
        int next = 0;
        for (float[] histogram : histograms) {
            System.arraycopy(histogram, 0, all, next, histogram.length);
            next += histogram.length;
        }
        return all;
    }

    private static List<float[]> pyramid(Votes votes) {
        return Arrays.asList(
                votes.histogram(Cells.grid(votes.side(), 1)),
                votes.histogram(Cells.grid(votes.side(), 2)),
                votes.histogram(Cells.rings(votes.side(), RINGS)));
    }

    @Override
    public int outputSize() {
        return components;
    }

    @Override
    public void initialise(Parameters parameters, String name) {
        PrincipalComponents.initialise(parameters, name, ENTRIES, components);
    }

    @Override
    public void fit(Parameters parameters, String name, float[][] rows) {
        PrincipalComponents.fit(rows, components).write(parameters, name);
    }

    @Override
    public NDArray apply(Parameters parameters, String name, NDArray rows) {
        return PrincipalComponents.apply(parameters, name, rows);
    }
}
