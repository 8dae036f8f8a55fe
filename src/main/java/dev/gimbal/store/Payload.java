package dev.gimbal.store;

import java.nio.charset.StandardCharsets;

/// What was given for one modality of an item, kept as it came. Arrays are shared: not to be
/// written to.
public sealed interface Payload {

    /// An encoded picture or any other file.
    record Bytes(String mediaType, byte[] content) implements Payload {
        public Bytes {
            if (!mediaType.matches("[\\w.+-]+/[\\w.+-]+(;.{1,80})?")) {
                throw new IllegalArgumentException("not a media type: '" + mediaType + "'");
            }
            if (content.length == 0) {
                throw new IllegalArgumentException("payload of " + mediaType + " is empty");
            }
        }
    }

    /// A text. A URI is kept as text and never fetched.
    record Text(String text) implements Payload {
        public Text {
            Texts.require("text payload", text);
        }
    }

    /// Numbers, such as a row of a matrix.
    record Vector(float[] values) implements Payload {
        public Vector {
            Embedding.requireFinite("vector payload", values);
        }
    }

    /// The name of the kind in the database.
    default String kind() {
        return switch (this) {
            case Bytes _ -> "bytes";
            case Text _ -> "text";
            case Vector _ -> "vector";
        };
    }

    /// The content as stored: the bytes, UTF-8, or little-endian float32.
    default byte[] bytes() {
        return switch (this) {
            case Bytes b -> b.content();
            case Text t -> t.text().getBytes(StandardCharsets.UTF_8);
            case Vector v -> FloatBytes.encode(v.values());
        };
    }
}
