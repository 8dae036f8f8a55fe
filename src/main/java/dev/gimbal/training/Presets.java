package dev.gimbal.training;

import dev.gimbal.bundle.Json;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.family.Family;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/// Settings by name: one preset for each family and data set stands in `presets/`.
public final class Presets {
    private Presets() {}

    /// The preset of a family on a data set.
    ///
    /// @param dataset by its name on the command line
    /// @throws BadInputException when there is none
    public static Settings of(Family family, String dataset) {
        String name = family.id() + "-" + dataset;
        try (InputStream in = Presets.class.getResourceAsStream("/presets/" + name + ".json")) {
            if (in == null) {
                throw new BadInputException("settings", name, "is no preset; give a file");
            }
            return Json.MAPPER.readValue(in, Settings.of(family));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the preset " + name, e);
        }
    }

    /// Settings from a user's file.
    ///
    /// @throws BadInputException when it does not exist or does not hold settings of the family
    public static Settings read(Family family, Path file) {
        BadInputException.requireFile("settings", file);
        try {
            return Json.MAPPER.readValue(Files.readString(file), Settings.of(family));
        } catch (JacksonException e) {
            throw new BadInputException(
                    "settings",
                    file,
                    "holds no settings: "
                            + e.getOriginalMessage()
                            + " at "
                            + e.getPath().stream()
                                    .map(step -> String.valueOf(step.getPropertyName()))
                                    .collect(Collectors.joining(".")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
