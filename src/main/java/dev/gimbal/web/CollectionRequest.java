package dev.gimbal.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `PUT /v1/collections/{c}`.
///
/// @param model fingerprint or name of the model that it is searched by
/// @param engine `exact` unless given
/// @param modalities of its items; all of the model's unless given
record CollectionRequest(
        @Nullable String model, @Nullable String engine, @Nullable List<String> modalities) {}
