package dev.gimbal.dataset.plates;

import dev.gimbal.dataset.BadInputException;

/// How many plates there are, and how large their pictures.
///
/// @param train 10,000 unless told otherwise
/// @param validation 2,000
/// @param test 50,000, which Gimbal's traversals search
/// @param side pixels of a picture's height and width, 64
public record PlateSizes(int train, int validation, int test, int side) {
    private static final int MOST = 10_000_000;
    private static final int LEAST_SIDE = 16;
    private static final int MOST_SIDE = 1_024;

    /// The sizes of all results.
    public static final PlateSizes STANDARD = new PlateSizes(10_000, 2_000, 50_000, 64);

    public PlateSizes {
        require("train", train, 1, MOST);
        require("validation", validation, 1, MOST);
        require("test", test, 1, MOST);
        require("side", side, LEAST_SIDE, MOST_SIDE);
    }

    private static void require(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new BadInputException(
                    field, value, "must lie between %d and %d".formatted(least, most));
        }
    }
}
