package dev.gimbal.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Draws a training's history: one curve for each loss term, and validation recall.
final class LossCurves {
    private LossCurves() {}

    static void draw(List<EpochRecord> epochs, Path file) throws IOException {
        XYChart losses = chart("Loss terms (symmetric log)", "sign(x) log10(1 + |x|)");
        XYChart validation = chart("Validation", "");
        curves(epochs, true).forEach((name, points) -> add(losses, name, points));
        curves(epochs, false).forEach((name, points) -> add(validation, name, points));
        BitmapEncoder.saveBitmap(
                List.of(losses, validation), 2, 1, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    private static XYChart chart(String title, String axis) {
        XYChart chart =
                new XYChartBuilder()
                        .width(900)
                        .height(400)
                        .title(title)
                        .xAxisTitle("epoch")
                        .yAxisTitle(axis)
                        .theme(Styler.ChartTheme.XChart)
                        .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        return chart;
    }

    private static Map<String, Map<Double, Double>> curves(
            List<EpochRecord> epochs, boolean losses) {
        Map<String, Map<Double, Double>> curves = new LinkedHashMap<>();
        for (EpochRecord epoch : epochs) {
            Map<String, Double> values = losses ? epoch.losses() : epoch.validation();
            values.forEach((name, value) -> {
                if (losses || !name.equals("medianRank")) {
                    double shown =
                            losses ? Math.signum(value) * Math.log10(1 + Math.abs(value)) : value;
                    curves.computeIfAbsent(name, _ -> new LinkedHashMap<>())
                            .put((double) epoch.epoch(), shown);
                }
            });
        }
        return curves;
    }

    private static void add(XYChart chart, String name, Map<Double, Double> points) {
        chart.addSeries(name, List.copyOf(points.keySet()), List.copyOf(points.values()))
                .setMarker(SeriesMarkers.NONE);
    }
}
