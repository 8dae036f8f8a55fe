/// The API's description as OpenAPI 3.1, at `/v3/api-docs`. Paths, parameters and schemas come from
/// the controllers and records themselves; what Java does not say of them (summaries, the words for
/// fields, examples) stands in `openapi/reference.yaml`, read by
/// [dev.gimbal.web.openapi.Reference].
@NullMarked
package dev.gimbal.web.openapi;

import org.jspecify.annotations.NullMarked;
