package dev.gimbal.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a bulk upload.
///
/// @param written items written
/// @param rejected lines that were not
/// @param errors the first of them, by line
record BulkResult(long written, long rejected, List<LineError> errors) {
    private static final int MOST_ERRORS = 1000;

    /// What is wrong with one line.
    ///
    /// @param line from 1
    record LineError(
            long line, @Nullable String field, @Nullable String value, @Nullable String detail) {}

    /// Counts while an upload runs. For one thread.
    static final class Tally {
        private final List<LineError> errors = new ArrayList<>();
        private long written;
        private long rejected;

        void wrote(long items) {
            written += items;
        }

        void reject(LineError error) {
            rejected++;
            if (errors.size() < MOST_ERRORS) {
                errors.add(error);
            }
        }

        BulkResult result() {
            return new BulkResult(written, rejected, List.copyOf(errors));
        }
    }
}
