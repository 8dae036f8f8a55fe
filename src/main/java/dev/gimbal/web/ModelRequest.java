package dev.gimbal.web;

import org.jspecify.annotations.Nullable;

/// The body of `POST /v1/models`: the two files of a bundle. It is data; installing runs no code
/// from it.
///
/// @param manifest text of `manifest.json`
/// @param weights bytes of `weights.safetensors`, base64 in JSON
record ModelRequest(@Nullable String manifest, byte @Nullable [] weights) {}
