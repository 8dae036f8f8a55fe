package dev.gimbal.web;

import org.jspecify.annotations.Nullable;

/// One part of a query over HTTP: exactly one of `image`, `vector`, `text` and `itemId`. As an
/// input outside a collection it has neither `itemId` nor `weight`.
///
/// @param image an encoded picture, base64 in JSON
/// @param text such as a sentence, or a recipe
/// @param modality what it is a value of; needed only where that is not clear
/// @param weight 1 unless given
record QueryPart(
        byte @Nullable [] image,
        float @Nullable [] vector,
        @Nullable String text,
        @Nullable String itemId,
        @Nullable String modality,
        @Nullable Double weight) {}
