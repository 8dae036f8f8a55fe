package dev.gimbal.store;

import java.sql.SQLException;
import org.springframework.dao.DataAccessException;

/// A text with the character U+0000, which JSON and addresses can say and PostgreSQL cannot hold.
public final class NulText {
    private static final String NOT_IN_ENCODING = "22021";

    private NulText() {}

    /// Whether a failure is one.
    public static boolean is(DataAccessException failure) {
        return failure.getMostSpecificCause() instanceof SQLException e
                && NOT_IN_ENCODING.equals(e.getSQLState());
    }
}
