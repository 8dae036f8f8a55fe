/// A trained model on disk: a manifest (data, never code) and safetensors weights, held together by
/// a fingerprint.
@NullMarked
package dev.gimbal.bundle;

import org.jspecify.annotations.NullMarked;
