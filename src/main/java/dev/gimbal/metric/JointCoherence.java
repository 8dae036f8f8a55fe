package dev.gimbal.metric;

/// How often values that a model generates together, one of each modality from one draw of the
/// prior, are of one class (Shi et al. 2019; "joint" in Table 1 of Lee and Pavlovic 2021).
public final class JointCoherence {
    private JointCoherence() {}

    /// The share of draws on which all modalities agree, in `[0, 1]`.
    ///
    /// @param classes `[modality][draw]`, by an oracle of each modality
    /// @throws IllegalArgumentException with fewer than two modalities, without draws, or when
    ///   modalities have different numbers of them
    public static double of(int[]... classes) {
        if (classes.length < 2 || classes[0].length == 0) {
            throw new IllegalArgumentException("needs two modalities and a draw of each");
        }
        int draws = classes[0].length;
        int agreed = 0;
        for (int[] modality : classes) {
            if (modality.length != draws) {
                throw new IllegalArgumentException(
                        "%d draws of one modality, %d of another"
                                .formatted(draws, modality.length));
            }
        }
        for (int draw = 0; draw < draws; draw++) {
            agreed += agree(classes, draw) ? 1 : 0;
        }
        return agreed / (double) draws;
    }

    private static boolean agree(int[][] classes, int draw) {
        for (int[] modality : classes) {
            if (modality[draw] != classes[0][draw]) {
                return false;
            }
        }
        return true;
    }
}
