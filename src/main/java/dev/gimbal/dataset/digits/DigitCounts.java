package dev.gimbal.dataset.digits;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Split;

/// How many values of each generated modality there are.
///
/// @param train 10,000 unless told otherwise
/// @param validation 2,000
/// @param test 2,000
record DigitCounts(int train, int validation, int test) {
    private static final int LEAST = 20;
    private static final int MOST = 10_000_000;

    /// The counts of all results.
    static final DigitCounts STANDARD = new DigitCounts(10_000, 2_000, 2_000);

    DigitCounts {
        require("train", train);
        require("validation", validation);
        require("test", test);
    }

    int of(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    /// Two of each digit at least, so that none is paired with the picture it is made from.
    private static void require(String field, int count) {
        if (count < LEAST || count > MOST) {
            throw new BadInputException(
                    field, count, "must lie between %d and %d".formatted(LEAST, MOST));
        }
    }
}
