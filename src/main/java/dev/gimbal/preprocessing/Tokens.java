package dev.gimbal.preprocessing;

import dev.gimbal.dataset.RecipeText;
import dev.gimbal.dataset.Value;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// A text as token ids, sentence by sentence, a tag marked as a title is: 0 pads, 1 is an unknown
/// word, then one id for each field of a recipe, which starts its sentences, then the vocabulary in
/// order.
///
/// @param vocabulary the words
/// @param sentences rows; further sentences are left out
/// @param words entries of a row, the field's mark included; further words are left out
public record Tokens(Vocabulary vocabulary, int sentences, int words) implements Preprocessing {
    private static final int UNKNOWN = 1;
    private static final int TITLE = 2;
    private static final int INGREDIENT = 3;
    private static final int INSTRUCTION = 4;
    private static final int FIRST_WORD = 5;

    public Tokens {
        if (sentences < 1 || words < 2) {
            throw new IllegalArgumentException(
                    "tokens of %d sentences of %d words".formatted(sentences, words));
        }
    }

    /// How many ids there are: the rows of a table of word embeddings.
    public int ids() {
        return FIRST_WORD + vocabulary.words().size();
    }

    @Override
    public float[] read(Value value) {
        if (!(value instanceof Value.Text(String text))) {
            throw new IllegalArgumentException("numbers are no text");
        }
        RecipeText recipe = RecipeText.parse(text);
        float[] ids = new float[outputSize()];
        int row = 0;
        if (!recipe.title().isEmpty()) {
            row = write(ids, row, TITLE, List.of(recipe.title()));
        }
        row = write(ids, row, INGREDIENT, recipe.ingredients());
        row = write(ids, row, INSTRUCTION, recipe.instructions());
        write(ids, row, TITLE, recipe.tags());
        return ids;
    }

    private int write(float[] ids, int from, int field, List<String> lines) {
        int row = from;
        for (String line : lines) {
            if (row == sentences) {
                return row;
            }
            int[] places = vocabulary.places(line);
            ids[row * words] = field;
            for (int i = 0; i < Math.min(places.length, words - 1); i++) {
                ids[row * words + 1 + i] = places[i] < 0 ? UNKNOWN : FIRST_WORD + places[i];
            }
            row++;
        }
        return row;
    }

    /// A word and its probability.
    public record Word(String word, float probability) {}

    /// The words of the vocabulary with the greatest probabilities, the greatest first.
    ///
    /// @param probabilities of every id
    public List<Word> likeliest(float[] probabilities, int count) {
        if (probabilities.length != ids()) {
            throw new IllegalArgumentException(
                    "%d probabilities for %d ids".formatted(probabilities.length, ids()));
        }
        List<String> words = vocabulary.words();
        return IntStream.range(0, words.size())
                .mapToObj(i -> new Word(words.get(i), probabilities[FIRST_WORD + i]))
                .sorted(Comparator.comparing(Word::probability).reversed())
                .limit(count)
                .toList();
    }

    @Override
    public int outputSize() {
        return sentences * words;
    }
}
