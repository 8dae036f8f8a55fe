package dev.gimbal.training;

import dev.gimbal.bundle.Json;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.family.Family;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/// Settings by name: one preset for each family and data set stands in `presets/`.
public final class Presets {
    /// Presets beyond one for a data set.
    private static final List<String> VARIANTS = List.of("plates-titles");

    private Presets() {}

    /// The preset of a family on a data set.
    ///
    /// @param dataset by its name on the command line
    /// @throws BadInputException when there is none
    public static Settings of(Family family, String dataset) {
        String name = family.id() + "-" + dataset;
        try (InputStream in = Presets.class.getResourceAsStream(file(family, dataset))) {
            if (in == null) {
                throw new BadInputException(
                        "settings",
                        name,
                        "is no preset; known for %s are %s (--preset), or give a file (--settings)"
                                .formatted(family.id(), known(family)));
            }
            return Json.MAPPER.readValue(in, Settings.of(family));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the preset " + name, e);
        }
    }

    /// What a family has presets for.
    public static List<String> known(Family family) {
        return Stream.concat(Arrays.stream(Datasets.values()).map(Datasets::id), VARIANTS.stream())
                .filter(dataset -> Presets.class.getResource(file(family, dataset)) != null)
                .sorted()
                .toList();
    }

    private static String file(Family family, String dataset) {
        return "/presets/" + family.id() + "-" + dataset + ".json";
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
