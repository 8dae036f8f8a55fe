package dev.gimbal.preprocessing;

import ai.djl.ndarray.NDArray;
import dev.gimbal.dataset.RecipeText;
import dev.gimbal.dataset.Value;
import dev.gimbal.network.Parameters;
import java.util.ArrayList;
import java.util.List;

/// The words of a recipe as TF-IDF, brought to few dimensions by latent semantic analysis
/// (Deerwester et al. 1990).
///
/// A word that occurs c times weighs `(1 + log c) (1 + log((1 + n) / (1 + n_w)))`, where `n_w` of n
/// training texts have it. Title, ingredients, instructions, tags and the whole text each make a
/// vector of their own, of unit length times the root of the field's weight: so products of two
/// texts are sums of five cosines, a short title counts beside long instructions, and a bare
/// sentence still meets whole recipes.
///
/// @param vocabulary the words, with their counts
/// @param components how many principal components are kept
public record TermFrequencies(Vocabulary vocabulary, int components) implements Preprocessing {
    /// Of title, ingredients, instructions, tags and all together.
    private static final double[] WEIGHTS = {1, 1, 2, 1, 1};

    public TermFrequencies {
        if (vocabulary.words().isEmpty() || components < 1) {
            throw new IllegalArgumentException(
                    "term frequencies of %d words, %d components"
                            .formatted(vocabulary.words().size(), components));
        }
    }

    @Override
    public float[] read(Value value) {
        if (!(value instanceof Value.Text(String text))) {
            throw new IllegalArgumentException("numbers are no text");
        }
        RecipeText recipe = RecipeText.parse(text);
        List<String> all = new ArrayList<>(List.of(recipe.title()));
        all.addAll(recipe.ingredients());
        all.addAll(recipe.instructions());
        all.addAll(recipe.tags());
        float[] entries = new float[entries()];
        write(entries, 0, List.of(recipe.title()));
        write(entries, 1, recipe.ingredients());
        write(entries, 2, recipe.instructions());
        write(entries, 3, recipe.tags());
        write(entries, 4, all);
        return entries;
    }

    private int entries() {
        return WEIGHTS.length * vocabulary.words().size();
    }

    private void write(float[] entries, int field, List<String> lines) {
        double[] weights = new double[vocabulary.words().size()];
        for (String line : lines) {
            for (int place : vocabulary.places(line)) {
                if (place >= 0) {
                    weights[place]++;
                }
            }
        }
        double squares = 0;
        for (int word = 0; word < weights.length; word++) {
            if (weights[word] > 0) {
                weights[word] = (1 + Math.log(weights[word])) * rarity(word);
                squares += weights[word] * weights[word];
            }
        }
        double scale = Math.sqrt(WEIGHTS[field] / Math.max(squares, Double.MIN_NORMAL));
        for (int word = 0; word < weights.length; word++) {
            entries[field * weights.length + word] = (float) (weights[word] * scale);
        }
    }

    private double rarity(int word) {
        return 1 + Math.log((1.0 + vocabulary.texts()) / (1.0 + vocabulary.counts().get(word)));
    }

    @Override
    public int outputSize() {
        return components;
    }

    @Override
    public void initialise(Parameters parameters, String name) {
        PrincipalComponents.initialise(parameters, name, entries(), components);
    }

    @Override
    public void fit(Parameters parameters, String name, float[][] rows) {
        PrincipalComponents.fit(rows, components).write(parameters, name);
    }

    @Override
    public NDArray apply(Parameters parameters, String name, NDArray rows) {
        return PrincipalComponents.apply(parameters, name, rows);
    }
}
