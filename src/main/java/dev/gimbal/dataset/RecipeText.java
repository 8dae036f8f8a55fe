package dev.gimbal.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A recipe as plain text: the first line is its title, lines that start with `- ` are ingredients,
/// lines of `#words` are tags, and the other lines are instructions, in order. A bare sentence is a
/// title.
///
/// @param title empty when there is none
/// @param ingredients each without its dash
/// @param instructions each a line
/// @param tags without their `#`; spaces become `-`
public record RecipeText(
        String title, List<String> ingredients, List<String> instructions, List<String> tags) {
    private static final String DASH = "- ";
    private static final String HASH = "#";

    public RecipeText {
        title = oneLine(title);
        ingredients = ingredients.stream().map(RecipeText::oneLine).toList();
        instructions = instructions.stream().map(RecipeText::oneLine).toList();
        tags = tags.stream().map(tag -> oneLine(tag).replace(' ', '-')).toList();
    }

    /// A recipe without tags.
    public RecipeText(String title, List<String> ingredients, List<String> instructions) {
        this(title, ingredients, instructions, List.of());
    }

    /// Reads a text; blank lines are passed over.
    public static RecipeText parse(String text) {
        String title = "";
        List<String> ingredients = new ArrayList<>();
        List<String> instructions = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        boolean first = true;
        for (String line : text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
            if (line.startsWith(DASH)) {
                ingredients.add(line.substring(DASH.length()));
            } else if (isTags(line)) {
                words(line).map(word -> word.substring(HASH.length())).forEach(tags::add);
            } else if (first) {
                title = line;
            } else {
                instructions.add(line);
            }
            first = false;
        }
        return new RecipeText(title, ingredients, instructions, tags);
    }

    /// The text that [#parse] reads back, where there is a title or an ingredient, and no title or
    /// instruction looks like an ingredient or like tags. Without the former the first instruction
    /// becomes the title: a bare sentence is one.
    public String format() {
        StringBuilder text = new StringBuilder(title).append('\n');
        if (!ingredients.isEmpty()) {
            text.append('\n');
            ingredients.forEach(line -> text.append(DASH).append(line).append('\n'));
        }
        if (!instructions.isEmpty()) {
            text.append('\n');
            instructions.forEach(line -> text.append(line).append('\n'));
        }
        if (!tags.isEmpty()) {
            text.append('\n').append(HASH).append(String.join(" " + HASH, tags)).append('\n');
        }
        return text.toString();
    }

    private static boolean isTags(String line) {
        return words(line).allMatch(word -> word.startsWith(HASH) && word.length() > 1);
    }

    private static Stream<String> words(String line) {
        return Arrays.stream(line.split("\\s+"));
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
