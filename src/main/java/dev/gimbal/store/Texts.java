package dev.gimbal.store;

import java.nio.charset.StandardCharsets;

/// What PostgreSQL can keep as text: no NUL, and well-formed Unicode.
final class Texts {
    private Texts() {}

    /// @throws IllegalArgumentException naming the field
    static void require(String field, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    field + " holds a NUL at position " + text.indexOf('\0'));
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(field + " holds an unpaired surrogate");
        }
    }
}
