package dev.gimbal.training;

import dev.gimbal.network.Parameters;
import java.util.Map;
import java.util.TreeMap;

/// The running mean of the weights at the ends of a stage's epochs (stochastic weight averaging,
/// Izmailov et al. 2018): where single epochs scatter around a minimum, their mean lies near it.
///
/// Not thread safe.
final class WeightAverage {
    private final Map<String, float[]> mean = new TreeMap<>();

    /// Takes in the weights of epoch `count` of the stage, counted from 1.
    void add(Parameters parameters, int count) {
        parameters
                .snapshot()
                .forEach((name, values) -> {
                    float[] sum = mean.computeIfAbsent(name, _ -> new float[values.length]);
                    for (int i = 0; i < values.length; i++) {
                        sum[i] += (values[i] - sum[i]) / count;
                    }
                });
    }

    /// The mean so far; empty before the first epoch.
    Map<String, float[]> mean() {
        return mean;
    }

    void restore(Map<String, float[]> saved) {
        mean.clear();
        mean.putAll(saved);
    }
}
