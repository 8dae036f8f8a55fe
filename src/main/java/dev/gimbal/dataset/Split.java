package dev.gimbal.dataset;

/// The disjoint parts of a data set: weights are fitted on `TRAIN`, chosen on `VALIDATION`, and
/// reported on `TEST`.
public enum Split {
    TRAIN,
    VALIDATION,
    TEST
}
