package dev.gimbal.web;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.store.Payload;
import org.jspecify.annotations.Nullable;

/// What is given of an item for one modality: exactly one of the three.
///
/// @param image an encoded picture, base64 in JSON; kept byte for byte
record ItemValue(byte @Nullable [] image, float @Nullable [] vector, @Nullable String text) {

    Payload payload(String field) {
        int given = (image == null ? 0 : 1) + (vector == null ? 0 : 1) + (text == null ? 0 : 1);
        if (given != 1) {
            throw new BadInputException(
                    field, given + " of them", "give exactly one of image, vector and text");
        }
        try {
            if (image != null) {
                return new Payload.Bytes(PictureType.detect(image), image);
            }
            if (vector != null) {
                return new Payload.Vector(vector);
            }
            return new Payload.Text(String.valueOf(text));
        } catch (BadInputException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new BadInputException(field, "", String.valueOf(e.getMessage()));
        }
    }
}
