package dev.gimbal.dataset;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Which files hold a user's pairs, and how they are split.
///
/// @param x1 matrix of the query side, `.npy` or `.safetensors`, one row an example
/// @param x2 matrix of the other side, the same number of rows
/// @param ids one id a line; `null` numbers the rows
/// @param factors true factors, a matrix or `.csv` with a header; `null` when unknown
/// @param validation share of the examples for validation, in (0, 1)
/// @param test share for testing; the rest is for training
record PairFiles(
        Path x1,
        Path x2,
        @Nullable Path ids,
        @Nullable Path factors,
        double validation,
        double test) {
    public PairFiles {
        requireShare("validation", validation);
        requireShare("test", test);
        if (validation + test >= 1) {
            throw new BadInputException(
                    "validation + test", validation + test, "leaves nothing for training");
        }
    }

    private static void requireShare(String field, double share) {
        if (!(share > 0 && share < 1)) {
            throw new BadInputException(field, share, "must lie between 0 and 1");
        }
    }
}
