/// Paired data, from wherever it comes: what a modality is, what an example holds, and how it is
/// split.
///
/// Start with [dev.gimbal.dataset.MultimodalDataset]; each file beside it that implements it is one
/// data set or format ([dev.gimbal.dataset.Synth], [dev.gimbal.dataset.Sprites],
/// [dev.gimbal.dataset.Pairs]), and [dev.gimbal.dataset.Datasets] lists them by name. True factors
/// ([dev.gimbal.dataset.FactorTable]) are for metrics only.
@NullMarked
package dev.gimbal.dataset;

import org.jspecify.annotations.NullMarked;
