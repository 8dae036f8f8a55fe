package dev.gimbal.preprocessing;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// The words that a model knows, fixed when it is trained: a bundle carries them.
///
/// @param analysis how texts are cut into words
/// @param texts how many training texts there were
/// @param words in alphabetical order, each once
/// @param counts in how many of those texts each word occurs
public record Vocabulary(Analysis analysis, int texts, List<String> words, List<Integer> counts) {
    public Vocabulary {
        words = List.copyOf(words);
        counts = List.copyOf(counts);
        if (words.size() != counts.size()) {
            throw new IllegalArgumentException(
                    words.size() + " words and " + counts.size() + " counts");
        }
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i - 1).compareTo(words.get(i)) >= 0) {
                throw new IllegalArgumentException(
                        "words are not in order: '%s', '%s'"
                                .formatted(words.get(i - 1), words.get(i)));
            }
        }
    }

    /// The most frequent words of these texts.
    ///
    /// @param most how many words are kept; of equally frequent ones the first by alphabet
    /// @param least texts that a word must occur in
    public static Vocabulary of(Analysis analysis, Collection<String> texts, int most, int least) {
        Map<String, Integer> counts = new HashMap<>();
        for (String text : texts) {
            new HashSet<>(analysis.words(text)).forEach(w -> counts.merge(w, 1, Integer::sum));
        }
        List<String> kept =
                counts.entrySet().stream()
                        .filter(entry -> entry.getValue() >= least)
                        .sorted(
                                Map.Entry.<String, Integer>comparingByValue(
                                                Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .limit(most)
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
        return new Vocabulary(
                analysis, texts.size(), kept, kept.stream().map(counts::get).toList());
    }

    /// The places of a text's words in [#words()], in order; -1 for an unknown one.
    public int[] places(String text) {
        return analysis.words(text).stream().mapToInt(this::place).toArray();
    }

    private int place(String word) {
        return Math.max(-1, Collections.binarySearch(words, word));
    }
}
