package dev.gimbal.web;

import java.util.List;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/// A text is a text: numbers and truth values are not taken for one, as the API's schemas say. The
/// way back is closed in the settings (`allow-coercion-of-scalars`).
@Component
final class StrictJson implements JsonMapperBuilderCustomizer {
    private static final List<CoercionInputShape> OTHERS =
            List.of(
                    CoercionInputShape.Boolean,
                    CoercionInputShape.Integer,
                    CoercionInputShape.Float);

    @Override
    public void customize(JsonMapper.Builder builder) {
        builder.withCoercionConfig(
                LogicalType.Textual,
                texts -> OTHERS.forEach(shape -> texts.setCoercion(shape, CoercionAction.Fail)));
    }
}
