/// Paired data: modalities, examples in which any modality may be absent, and one file for each
/// data set or format.
@NullMarked
package dev.gimbal.dataset;

import org.jspecify.annotations.NullMarked;
