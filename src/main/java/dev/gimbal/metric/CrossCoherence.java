package dev.gimbal.metric;

/// How often what a model generates from an observation keeps the observation's class (Shi et al.
/// 2019; "cross-synthesis" in Table 1 of Lee and Pavlovic 2021).
public final class CrossCoherence {
    private CrossCoherence() {}

    /// The share kept, in `[0, 1]`; chance is that of guessing a class.
    ///
    /// @param generated class of each generated value, by an oracle of the generated modality
    /// @param source true class of the observation that it was generated from
    /// @throws IllegalArgumentException without examples, or when the lengths differ
    public static double of(int[] generated, int[] source) {
        return Accuracy.of(generated, source);
    }
}
