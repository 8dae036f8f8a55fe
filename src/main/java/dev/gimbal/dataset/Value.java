package dev.gimbal.dataset;

/// What was observed of one modality.
public sealed interface Value {

    /// A picture or a vector, row-major, of the modality's size; pixels are in `[0, 1]`, channels
    /// first. The array is shared, not to be written to.
    record Numbers(float[] values) implements Value {}

    /// A text as it was written; of a recipe see [RecipeText].
    record Text(String text) implements Value {}

    /// These numbers.
    static Value of(float... values) {
        return new Numbers(values);
    }

    /// This text.
    static Value of(String text) {
        return new Text(text);
    }

    /// The numbers of a picture or a vector.
    ///
    /// @throws IllegalArgumentException for a text
    default float[] numbers() {
        return switch (this) {
            case Numbers(float[] values) -> values;
            case Text(String text) ->
                    throw new IllegalArgumentException("a text holds no numbers: " + text);
        };
    }
}
