package dev.gimbal.benchmark;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Latents of several modalities in one plane, as Fig. 5 of Lee and Pavlovic 2021: a mark for each
/// modality, a colour for each class. Where modalities agree, different marks of one colour meet.
///
/// @param classes their names; colours repeat after ten
/// @param groups one for each modality, four at most
/// @param places `[group][value][2]`
record LatentMap(List<String> classes, List<Group> groups, double[][][] places) {
    private static final double PERPLEXITY = 30;
    private static final int SIDE = 720;
    private static final int LEGEND = 150;
    private static final int MARK = 7;
    private static final List<Marker> MARKS =
            List.of(
                    SeriesMarkers.CROSS,
                    SeriesMarkers.CIRCLE,
                    SeriesMarkers.TRIANGLE_UP,
                    SeriesMarkers.SQUARE);
    private static final List<Color> COLOURS =
            List.of(
                    new Color(0x1f77b4),
                    new Color(0xff7f0e),
                    new Color(0x2ca02c),
                    new Color(0xd62728),
                    new Color(0x9467bd),
                    new Color(0x8c564b),
                    new Color(0xe377c2),
                    new Color(0x7f7f7f),
                    new Color(0xbcbd22),
                    new Color(0x17becf));

    /// Latents of one modality.
    ///
    /// @param latents `[value][latent]` of the shared space
    /// @param labels class of each, a position in the list of names
    record Group(String modality, float[][] latents, int[] labels) {
        Group {
            if (latents.length != labels.length || latents.length == 0) {
                throw new IllegalArgumentException(
                        "%d latents of '%s' for %d labels"
                                .formatted(latents.length, modality, labels.length));
            }
        }
    }

    LatentMap {
        classes = List.copyOf(classes);
        groups = List.copyOf(groups);
        if (groups.isEmpty() || groups.size() > MARKS.size()) {
            throw new IllegalArgumentException(
                    "a map shows 1 to %d modalities, not %d"
                            .formatted(MARKS.size(), groups.size()));
        }
    }

    /// All groups brought into one plane by t-SNE. A seed repeats it.
    static LatentMap of(List<String> classes, List<Group> groups, long seed) {
        float[][] all =
                groups.stream()
                        .flatMap(group -> Arrays.stream(group.latents))
                        .toArray(float[][]::new);
        double[][] places = TSne.of(all, PERPLEXITY, seed);
        double[][][] split = new double[groups.size()][][];
        int first = 0;
        for (int g = 0; g < split.length; g++) {
            int size = groups.get(g).latents.length;
            split[g] = Arrays.copyOfRange(places, first, first + size);
            first += size;
        }
        return new LatentMap(classes, groups, split);
    }

    /// Draws it as PNG.
    ///
    /// @throws IOException when the file can't be written
    void draw(String title, Path file) throws IOException {
        XYChart chart =
                new XYChartBuilder()
                        .width(SIDE + LEGEND)
                        .height(SIDE)
                        .title(title)
                        .theme(Styler.ChartTheme.XChart)
                        .build();
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        chart.getStyler().setAxisTicksVisible(false);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setMarkerSize(MARK);
        for (int g = 0; g < groups.size(); g++) {
            for (int label = 0; label < classes.size(); label++) {
                add(chart, g, label);
            }
        }
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    private void add(XYChart chart, int g, int label) {
        Group group = groups.get(g);
        double[][] shown =
                IntStream.range(0, group.labels.length)
                        .filter(i -> group.labels[i] == label)
                        .mapToObj(i -> places[g][i])
                        .toArray(double[][]::new);
        if (shown.length > 0) {
            chart.addSeries(
                            group.modality + " " + classes.get(label),
                            axis(shown, 0),
                            axis(shown, 1))
                    .setMarker(MARKS.get(g))
                    .setMarkerColor(COLOURS.get(label % COLOURS.size()));
        }
    }

    private static double[] axis(double[][] places, int axis) {
        return Arrays.stream(places).mapToDouble(place -> place[axis]).toArray();
    }
}
