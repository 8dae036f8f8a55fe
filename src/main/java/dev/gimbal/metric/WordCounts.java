package dev.gimbal.metric;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// In how many texts each word occurs.
///
/// @param counts by word, each at least 1
/// @param total their sum
public record WordCounts(Map<String, Integer> counts, long total) {
    public WordCounts {
        counts = Map.copyOf(counts);
    }

    /// The counts of these texts.
    ///
    /// @param texts the words of each; a word counts once a text
    public static WordCounts of(Collection<List<String>> texts) {
        Map<String, Integer> counts = new HashMap<>();
        for (List<String> text : texts) {
            Set.copyOf(text).forEach(word -> counts.merge(word, 1, Integer::sum));
        }
        return new WordCounts(counts, counts.values().stream().mapToLong(n -> n).sum());
    }

    /// The texts that hold a word.
    public int of(String word) {
        return counts.getOrDefault(word, 0);
    }
}
