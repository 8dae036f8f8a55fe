package dev.gimbal.dataset;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a data set is made from: a seed and named settings, such as `x1=queries.npy`.
///
/// @param seed decides generated content and the split
/// @param settings by name; each data set knows its own and refuses others
public record DatasetOptions(long seed, Map<String, String> settings) {
    public DatasetOptions {
        settings = Map.copyOf(settings);
    }

    /// Options without settings.
    public static DatasetOptions seeded(long seed) {
        return new DatasetOptions(seed, Map.of());
    }

    /// @throws BadInputException when a setting is not among those known
    public DatasetOptions allowing(Set<String> known) {
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            if (!known.contains(setting.getKey())) {
                throw new BadInputException(
                        setting.getKey(),
                        setting.getValue(),
                        "is not a setting of this data set, known are "
                                + known.stream().sorted().toList());
            }
        }
        return this;
    }

    /// A file or folder, `null` when it is not set.
    public @Nullable Path path(String name) {
        String value = settings.get(name);
        return value == null ? null : Path.of(value);
    }

    /// A file or folder.
    ///
    /// @throws BadInputException when it is not set
    public Path requirePath(String name) {
        Path path = path(name);
        if (path == null) {
            throw new BadInputException(name, "", "is missing: the file to read");
        }
        return path;
    }

    /// A number.
    ///
    /// @throws BadInputException when it is none
    public double number(String name, double otherwise) {
        String value = settings.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new BadInputException(name, value, "is not a number");
        }
    }

    /// A whole number.
    ///
    /// @throws BadInputException when it is none
    public int count(String name, int otherwise) {
        String value = settings.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new BadInputException(name, value, "is not a whole number");
        }
    }
}
