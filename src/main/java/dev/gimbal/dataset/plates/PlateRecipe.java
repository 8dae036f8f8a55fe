package dev.gimbal.dataset.plates;

import static dev.gimbal.dataset.plates.FoodFactor.BAKING;
import static dev.gimbal.dataset.plates.FoodFactor.DESSERT;
import static dev.gimbal.dataset.plates.FoodFactor.FRUIT;
import static dev.gimbal.dataset.plates.FoodFactor.GRAINS;
import static dev.gimbal.dataset.plates.FoodFactor.GREENNESS;
import static dev.gimbal.dataset.plates.FoodFactor.LONGISHNESS;
import static dev.gimbal.dataset.plates.FoodFactor.STICKINESS;
import static dev.gimbal.dataset.plates.FoodFactor.WATERINESS;

import dev.gimbal.dataset.RecipeText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes a plate's recipe: a title, ingredients, instructions, each factor's level in words.
///
/// Private to the text, whatever the factors: which wording, kinds, brands and style of quantities
/// are taken, which factors the title names, the order of lines, and asides.
final class PlateRecipe {
    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");
    private static final int MOST_ASIDES = 2;
    private static final List<FoodFactor> ADJECTIVES =
            List.of(WATERINESS, GREENNESS, STICKINESS, BAKING);
    private static final List<FoodFactor> SUFFIXES = List.of(LONGISHNESS, GRAINS, FRUIT);
    private static final List<FoodFactor> ADDITIONS =
            List.of(WATERINESS, GREENNESS, STICKINESS, GRAINS, FRUIT);
    private static final PlatePhrases PHRASES = PlatePhrases.ENGLISH;

    private final FoodFactors factors;
    private final RandomGenerator random;
    private final Map<String, String> words = new HashMap<>();

    private PlateRecipe(FoodFactors factors, RandomGenerator random) {
        this.factors = factors;
        this.random = random;
        int style = random.nextInt(3);
        PHRASES.amounts().forEach((name, styles) -> words.put(name, styles.get(style)));
        PHRASES.kinds().keySet().stream().sorted().forEach(this::chooseKind);
        words.put("liquid", pick(atLevel(DESSERT, PHRASES.liquid())));
        words.put("base", pick(atLevel(DESSERT, PHRASES.base())));
        words.put("taste", pick(atLevel(DESSERT, PHRASES.taste())));
    }

    /// The recipe. The same random state gives the same one.
    static RecipeText of(FoodFactors factors, RandomGenerator random) {
        PlateRecipe recipe = new PlateRecipe(factors, random);
        return new RecipeText(recipe.title(), recipe.ingredients(), recipe.steps());
    }

    private void chooseKind(String name) {
        words.put(name, pick(PHRASES.kinds().getOrDefault(name, List.of())));
    }

    /// Such as `Brothy Golden Chicken Dinner in a Mug`.
    private String title() {
        List<FoodFactor> adjectives = shuffled(ADJECTIVES).subList(0, 2);
        FoodFactor suffix = shuffled(SUFFIXES).getFirst();
        return Stream.of(
                        Stream.of(title(adjectives.get(0)), title(adjectives.get(1))),
                        Stream.of(fill("{Base}"), title(DESSERT), title(suffix)))
                .flatMap(s -> s)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private String title(FoodFactor factor) {
        return choose(factor, PHRASES.of(factor).titles());
    }

    private List<String> ingredients() {
        return shuffled(List.of(FoodFactor.values())).stream()
                .map(factor -> choose(factor, PHRASES.of(factor).ingredients()))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /// The base first, then the additions in any order, then the oven and the table.
    private List<String> steps() {
        List<FoodFactor> order = new ArrayList<>(List.of(DESSERT));
        order.addAll(shuffled(ADDITIONS));
        order.add(BAKING);
        order.add(LONGISHNESS);
        List<String> steps = new ArrayList<>();
        for (FoodFactor factor : order) {
            steps.add(choose(factor, PHRASES.of(factor).steps()));
        }
        shuffled(PHRASES.asides()).stream()
                .limit(random.nextInt(MOST_ASIDES + 1))
                .forEach(aside -> steps.add(1 + random.nextInt(steps.size()), fill(aside)));
        steps.removeIf(String::isEmpty);
        return steps;
    }

    private String choose(FoodFactor factor, List<List<String>> phrases) {
        return fill(pick(atLevel(factor, phrases)));
    }

    private List<String> atLevel(FoodFactor factor, List<List<String>> phrases) {
        return phrases.get(factors.level(factor) - 1);
    }

    private String fill(String phrase) {
        return SLOT.matcher(phrase).replaceAll(slot -> word(slot.group(1)));
    }

    /// The word of a slot; `{Grain}` is that of `{grain}` in capitals.
    private String word(String slot) {
        String lower = slot.toLowerCase(Locale.ROOT);
        String word = words.get(lower);
        if (word == null) {
            throw new IllegalArgumentException("no word for {" + slot + "}");
        }
        return slot.equals(lower) ? word : capitals(word);
    }

    private static String capitals(String words) {
        return Stream.of(words.split(" "))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
    }

    /// One of them, or nothing of none; either takes one number, so that what follows stays.
    private String pick(List<String> choices) {
        double share = random.nextDouble();
        return choices.isEmpty() ? "" : choices.get((int) (share * choices.size()));
    }

    private <T> List<T> shuffled(List<T> list) {
        List<T> order = new ArrayList<>(list);
        for (int i = order.size() - 1; i > 0; i--) {
            Collections.swap(order, i, random.nextInt(i + 1));
        }
        return order;
    }
}
