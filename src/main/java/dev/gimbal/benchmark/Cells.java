package dev.gimbal.benchmark;

import dev.gimbal.benchmark.Study.Summary;
import dev.gimbal.family.Family;
import java.util.Locale;
import java.util.Map;

/// How names and numbers are written in a page of results.
final class Cells {
    /// What was not measured.
    static final String ABSENT = "-";

    private Cells() {}

    static String title(Family family) {
        return switch (family) {
            case COS_SIM -> "Cos-Sim";
            case COS_SIM_LVM -> "Cos-Sim-LVM";
            case RIVAE -> "RIVAE";
            case DMVAE -> "DMVAE";
            case MVAE -> "MVAE";
            case MMVAE -> "MMVAE";
            case MOPOE -> "MoPoE-VAE";
        };
    }

    /// Mean and deviation over seeds, the mean alone of a single run.
    static String pm(Summary summary, String metric) {
        Double mean = summary.mean().get(metric);
        Double deviation = summary.deviation().get(metric);
        if (mean == null) {
            return ABSENT;
        }
        return deviation == null ? two(mean) : two(mean) + " ± " + two(deviation);
    }

    static String cell(Map<String, Double> metrics, String name) {
        Double value = metrics.get(name);
        return value == null ? ABSENT : two(value);
    }

    static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
