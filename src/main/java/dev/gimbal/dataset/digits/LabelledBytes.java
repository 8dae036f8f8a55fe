package dev.gimbal.dataset.digits;

import dev.gimbal.dataset.BadInputException;
import java.nio.file.Path;

/// Values of one size with the digit of each, as files hold them.
///
/// @param values unsigned, `[count][size]` in one row
/// @param digits `[count]`, 0 to 9
record LabelledBytes(byte[] values, byte[] digits) {

    /// @param file that the digits come from, for the message
    /// @throws BadInputException when there are none, values do not belong to them one by one, or
    ///   one is no digit
    LabelledBytes(byte[] values, byte[] digits, int size, Path file) {
        this(values, digits);
        if (digits.length == 0 || (long) digits.length * size != values.length) {
            throw new BadInputException(
                    "file",
                    file,
                    "has %d labels for %d values".formatted(digits.length, values.length / size));
        }
        for (int i = 0; i < digits.length; i++) {
            if (digits[i] < 0 || digits[i] > 9) {
                throw new BadInputException(
                        "file",
                        file,
                        "label %d is %d, no digit (counting from 0)".formatted(i, digits[i]));
            }
        }
    }

    int count() {
        return digits.length;
    }

    /// One value, scaled to `[0, 1]`.
    float[] row(int index) {
        int size = values.length / digits.length;
        float[] row = new float[size];
        for (int i = 0; i < size; i++) {
            row[i] = (values[index * size + i] & 0xff) / 255f;
        }
        return row;
    }
}
