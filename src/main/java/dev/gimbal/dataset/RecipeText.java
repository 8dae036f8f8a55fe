package dev.gimbal.dataset;

import java.util.ArrayList;
import java.util.List;

/// A recipe as plain text: the first line is its title, lines that start with `- ` are ingredients,
/// and the other lines are instructions, in order. A bare sentence is a title.
///
/// @param title empty when there is none
/// @param ingredients each without its dash
/// @param instructions each a line
public record RecipeText(String title, List<String> ingredients, List<String> instructions) {
    private static final String DASH = "- ";

    public RecipeText {
        title = oneLine(title);
        ingredients = ingredients.stream().map(RecipeText::oneLine).toList();
        instructions = instructions.stream().map(RecipeText::oneLine).toList();
    }

    /// Reads a text; blank lines are passed over.
    public static RecipeText parse(String text) {
        String title = "";
        List<String> ingredients = new ArrayList<>();
        List<String> instructions = new ArrayList<>();
        boolean first = true;
        for (String line : text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
            if (line.startsWith(DASH)) {
                ingredients.add(line.substring(DASH.length()));
            } else if (first) {
                title = line;
            } else {
                instructions.add(line);
            }
            first = false;
        }
        return new RecipeText(title, ingredients, instructions);
    }

    /// The text that [#parse] reads back.
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
        return text.toString();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
