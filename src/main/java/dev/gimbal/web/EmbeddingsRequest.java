package dev.gimbal.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /v1/models/{m}/embeddings`.
///
/// @param inputs images or vectors
/// @param kind `index` (default): index vectors; `latent`: mean and log-variance of z
/// @param target the modality that z leads to; needed only where the model has several
record EmbeddingsRequest(
        @Nullable List<@Nullable QueryPart> inputs,
        @Nullable String kind,
        @Nullable String target) {}
