package dev.gimbal.dataset;

import java.util.List;

/// One of the kinds of observation that a data set pairs: its name and the shape of one value.
///
/// Pictures and vectors are [Value.Numbers] of [#size()] entries, texts are [Value.Text].
///
/// @param name unique within a data set, such as `square` or `x1`
/// @param kind how a value is read from outside
/// @param shape `[channels, height, width]` of an image, `[dimension]` of a vector, `[]` of a text
public record Modality(String name, Kind kind, List<Integer> shape) {

    /// How a value is given: as an encoded picture, as numbers or in words.
    public enum Kind {
        IMAGE(3),
        VECTOR(1),
        TEXT(0);

        private final int axes;

        Kind(int axes) {
            this.axes = axes;
        }
    }

    public Modality {
        if (!name.matches("[a-z][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException(
                    "modality name must be lower-case letters, digits and '-': " + name);
        }
        shape = List.copyOf(shape);
        if (shape.size() != kind.axes || shape.stream().anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException(
                    "shape of " + kind + " modality '" + name + "' is not valid: " + shape);
        }
    }

    /// A modality of plain vectors.
    public static Modality vector(String name, int dimension) {
        return new Modality(name, Kind.VECTOR, List.of(dimension));
    }

    /// A modality of pictures.
    public static Modality image(String name, int channels, int height, int width) {
        return new Modality(name, Kind.IMAGE, List.of(channels, height, width));
    }

    /// A modality of texts.
    public static Modality text(String name) {
        return new Modality(name, Kind.TEXT, List.of());
    }

    /// Number of entries of one picture or vector.
    public int size() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
