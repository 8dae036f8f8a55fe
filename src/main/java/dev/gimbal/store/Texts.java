package dev.gimbal.store;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.springframework.dao.DataAccessException;

/// What PostgreSQL can keep as text: no NUL, and well-formed Unicode.
public final class Texts {
    private static final String NOT_IN_ENCODING = "22021";

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

    /// Whether a statement failed for a text that PostgreSQL cannot keep, such as a name that is
    /// looked for and that nothing can have.
    public static boolean refused(DataAccessException failure) {
        return failure.getMostSpecificCause() instanceof SQLException e
                && NOT_IN_ENCODING.equals(e.getSQLState());
    }
}
