package dev.gimbal.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// Which words set one group of texts apart from another: log-odds ratio with an informative
/// Dirichlet prior (Monroe, Colaresi and Quinn 2008, Eqs. 16 and 22).
///
/// With counts y_i, y_j of a word in the groups, n_i, n_j of all words, and a prior of a for the
/// word and a_0 for all: `delta = log((y_i + a) / (n_i + a_0 - y_i - a)) - log((y_j + a) / (n_j +
/// a_0 - y_j - a))` with variance about `1 / (y_i + a) + 1 / (y_j + a)`. The prior follows the
/// words' frequency in a background, so that a word that is frequent everywhere needs more to stand
/// out than a rare one needs to be an accident.
///
/// @param priorWords a_0: how many words of the background the prior is worth
public record LogOdds(double priorWords) {
    /// What is used: as much as a few short texts.
    public static final LogOdds STANDARD = new LogOdds(100);

    /// Before a background word without any count: it keeps every logarithm finite.
    private static final double LEAST = 0.01;

    /// One word.
    ///
    /// @param logOdds delta, in nats; positive for words of the first group
    /// @param z delta over its standard deviation: how sure that is
    /// @param count in the first group where delta is positive, else in the second
    public record Word(String word, double logOdds, double z, int count) {}

    public LogOdds {
        if (!(priorWords > 0)) {
            throw new IllegalArgumentException("priorWords must be positive: " + priorWords);
        }
    }

    /// Every word of the two groups, surest of the first group first.
    ///
    /// @param background a corpus that holds both groups
    public List<Word> of(WordCounts first, WordCounts second, WordCounts background) {
        TreeSet<String> words = new TreeSet<>(first.counts().keySet());
        words.addAll(second.counts().keySet());
        double scale = priorWords / Math.max(1, background.total());
        List<Word> scored = new ArrayList<>();
        for (String word : words) {
            double prior = Math.max(LEAST, background.of(word) * scale);
            double here = first.of(word) + prior;
            double there = second.of(word) + prior;
            double delta = logOdds(here, first.total()) - logOdds(there, second.total());
            double deviation = Math.sqrt(1 / here + 1 / there);
            int count = delta >= 0 ? first.of(word) : second.of(word);
            scored.add(new Word(word, delta, delta / deviation, count));
        }
        scored.sort(Comparator.comparingDouble(Word::z).reversed().thenComparing(Word::word));
        return List.copyOf(scored);
    }

    private double logOdds(double count, long total) {
        return Math.log(count / Math.max(LEAST, total + priorWords - count));
    }
}
