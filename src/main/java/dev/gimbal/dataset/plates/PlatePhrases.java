package dev.gimbal.dataset.plates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/// The words that recipes are put together from, read from `plates/phrases.json`. `{name}` in a
/// phrase stands for another word; lists by level have one entry for each.
///
/// @param factors phrases of each factor, by its id
/// @param kinds what varies from recipe to recipe without a meaning, by the name in braces
/// @param liquid kinds of liquid, by level of [FoodFactor#DESSERT]
/// @param base what the dish is made of, by the same level
/// @param taste what it is seasoned with, by the same level
/// @param amounts by the name in braces: one wording for each style of quantities
/// @param asides sentences that say nothing about the dish
record PlatePhrases(
        Map<String, Phrases> factors,
        Map<String, List<String>> kinds,
        List<List<String>> liquid,
        List<List<String>> base,
        List<List<String>> taste,
        Map<String, List<String>> amounts,
        List<String> asides) {
    static final PlatePhrases ENGLISH = read("/plates/phrases.json");

    /// How one factor is said: alternatives by level, none where a level goes without saying.
    record Phrases(
            List<List<String>> titles, List<List<String>> ingredients, List<List<String>> steps) {
        Phrases {
            requireLevels(titles);
            requireLevels(ingredients);
            requireLevels(steps);
        }
    }

    PlatePhrases {
        requireLevels(liquid);
        requireLevels(base);
        requireLevels(taste);
    }

    Phrases of(FoodFactor factor) {
        return Objects.requireNonNull(factors.get(factor.id()), factor.id());
    }

    private static void requireLevels(List<List<String>> byLevel) {
        if (byLevel.size() != FoodFactors.LEVELS) {
            throw new IllegalArgumentException("one list for each level is needed: " + byLevel);
        }
    }

    private static PlatePhrases read(String resource) {
        try (InputStream in =
                Objects.requireNonNull(
                        PlatePhrases.class.getResourceAsStream(resource), resource)) {
            return JsonMapper.shared().readValue(in, PlatePhrases.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
