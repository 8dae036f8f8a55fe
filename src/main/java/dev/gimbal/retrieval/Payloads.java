package dev.gimbal.retrieval;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.ImageReader;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.Value;
import dev.gimbal.store.Payload;

/// From what was given for a modality to its value.
public final class Payloads {
    private Payloads() {}

    /// The value of a payload.
    ///
    /// @param field where the payload stood, for the error
    /// @throws BadInputException when it does not fit the modality
    public static Value value(Payload payload, Modality modality, String field) {
        return switch (payload) {
            case Payload.Bytes bytes -> picture(bytes.content(), modality, field);
            case Payload.Vector vector -> vector(vector.values(), modality, field);
            case Payload.Text text -> text(text.text(), modality, field);
        };
    }

    /// A text.
    public static Value text(String text, Modality modality, String field) {
        if (modality.kind() != Modality.Kind.TEXT) {
            throw new BadInputException(
                    field,
                    text,
                    "modality '%s' takes %s, not text".formatted(modality.name(), modality.kind()));
        }
        if (text.isBlank()) {
            throw new BadInputException(field, text, "a text must hold a word");
        }
        return Value.of(text);
    }

    /// An encoded picture as pixels in `[0, 1]`, channels first.
    public static Value picture(byte[] bytes, Modality modality, String field) {
        if (modality.kind() != Modality.Kind.IMAGE) {
            throw new BadInputException(
                    field,
                    bytes.length + " bytes",
                    "modality '%s' takes a %s, not an image"
                            .formatted(modality.name(), modality.kind()));
        }
        try {
            return Value.of(ImageReader.read(bytes, modality));
        } catch (BadInputException e) {
            throw new BadInputException(field, e.value(), e.reason());
        }
    }

    /// A vector of the right length without NaN or infinity.
    public static Value vector(float[] values, Modality modality, String field) {
        if (modality.kind() == Modality.Kind.TEXT) {
            throw new BadInputException(
                    field,
                    values.length + " numbers",
                    "modality '%s' takes a TEXT, not a vector".formatted(modality.name()));
        }
        if (values.length != modality.size()) {
            throw new BadInputException(
                    field,
                    values.length + " numbers",
                    "modality '%s' takes %d numbers, not %d"
                            .formatted(modality.name(), modality.size(), values.length));
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new BadInputException(
                        field + "[" + i + "]", values[i], "every number must be finite");
            }
        }
        return Value.of(values);
    }
}
