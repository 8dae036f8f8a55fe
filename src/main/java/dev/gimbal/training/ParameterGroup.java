package dev.gimbal.training;

import dev.gimbal.network.Parameters;
import java.util.List;

/// Parameters that learn at one rate; statistics of data are none.
///
/// @param prefixes of parameter names, such as `embedder.` or `prior.`
/// @param learningRate at the start of the stage
record ParameterGroup(List<String> prefixes, double learningRate) {
    public ParameterGroup {
        prefixes = List.copyOf(prefixes);
        if (!(learningRate > 0)) {
            throw new IllegalArgumentException("learning rate must be positive: " + learningRate);
        }
    }

    boolean contains(String parameter) {
        return !Parameters.isStatistic(parameter)
                && prefixes.stream().anyMatch(parameter::startsWith);
    }
}
