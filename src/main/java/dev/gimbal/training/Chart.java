package dev.gimbal.training;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One start of a training, judged without labels.
///
/// @param seed of its training
/// @param subGaussianity how cleanly its z shows independent factors; see [FastIca.Components]
/// @param seconds that it took
public record Chart(long seed, double subGaussianity, double seconds) {

    /// The cleanest one.
    static Optional<Chart> best(List<Chart> charts) {
        return charts.stream().max(Comparator.comparingDouble(Chart::subGaussianity));
    }
}
