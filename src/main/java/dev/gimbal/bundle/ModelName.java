package dev.gimbal.bundle;

import dev.gimbal.dataset.BadInputException;
import java.util.regex.Pattern;

/// What a model may be called: it stands in addresses and on the page.
public final class ModelName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private ModelName() {}

    /// The name, when it is one.
    ///
    /// @param field what it was given as
    /// @throws BadInputException when it is none
    public static String require(String field, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new BadInputException(
                    field, name, "must be 1 to 100 letters, digits, '.', '_' or '-'");
        }
        return name;
    }
}
