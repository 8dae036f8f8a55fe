package dev.gimbal.training;

/// Factor on a learning rate by the share of a stage that is done.
@FunctionalInterface
interface Schedule {

    /// Stays at 1.
    Schedule CONSTANT = _ -> 1;

    /// The factor at `progress` in `[0, 1)`.
    double at(double progress);

    /// `1 -> end` along half a cosine.
    static Schedule cosine(double end) {
        return progress -> end + (1 - end) * 0.5 * (1 + Math.cos(Math.PI * progress));
    }
}
