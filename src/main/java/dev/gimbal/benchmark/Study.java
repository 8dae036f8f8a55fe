package dev.gimbal.benchmark;

import dev.gimbal.family.Family;
import dev.gimbal.family.RetrievalScore;
import dev.gimbal.metric.MeanAndDeviation;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Families compared on one data set, several seeds each: what a page of results is made from.
///
/// @param dataset by its name on the command line
/// @param dataFingerprint SHA-256 of its content
/// @param runs every run, family by family
/// @param families their summaries, in the same order
public record Study(
        String dataset, String dataFingerprint, List<StudyRun> runs, List<Summary> families) {

    /// The runs of one family: mean and deviation (divisor n - 1) of every metric.
    ///
    /// @param deviation empty where there is one run
    /// @param bestOnValidation seed of the run that is best on validation data by the rule that
    ///   training chooses an epoch by ([RetrievalScore]): the one to ship
    public record Summary(
            Family family,
            List<Long> seeds,
            long bestOnValidation,
            Map<String, Double> mean,
            Map<String, Double> deviation) {

        static Summary of(Family family, List<StudyRun> runs) {
            Set<String> names = new LinkedHashSet<>(runs.getFirst().metrics().keySet());
            runs.forEach(run -> names.retainAll(run.metrics().keySet()));
            Map<String, Double> mean = new LinkedHashMap<>();
            Map<String, Double> deviation = new LinkedHashMap<>();
            for (String name : names) {
                double[] values =
                        runs.stream().mapToDouble(run -> run.metrics().get(name)).toArray();
                MeanAndDeviation over = MeanAndDeviation.of(values);
                mean.put(name, over.mean());
                if (values.length > 1) {
                    deviation.put(name, over.deviation());
                }
            }
            StudyRun best =
                    runs.stream()
                            .max(
                                    Comparator.comparingDouble(
                                            run -> RetrievalScore.of(run.validation())))
                            .orElseThrow();
            return new Summary(
                    family,
                    runs.stream().map(run -> run.provenance().seed()).toList(),
                    best.provenance().seed(),
                    mean,
                    deviation);
        }
    }

    public Study {
        runs = List.copyOf(runs);
        families = List.copyOf(families);
    }

    /// The study of these runs.
    ///
    /// @throws IllegalArgumentException when there are none, or they are of different data
    public static Study of(List<StudyRun> runs) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a study without runs");
        }
        var first = runs.getFirst().provenance();
        for (StudyRun run : runs) {
            if (!run.provenance().dataFingerprint().equals(first.dataFingerprint())) {
                throw new IllegalArgumentException(
                        "model " + run.fingerprint() + " was trained on other data");
            }
        }
        List<Summary> families =
                runs.stream()
                        .map(StudyRun::family)
                        .distinct()
                        .map(family ->
                                Summary.of(
                                        family,
                                        runs.stream().filter(r -> r.family() == family).toList()))
                        .toList();
        return new Study(first.dataset(), first.dataFingerprint(), runs, families);
    }

    /// The runs of one family.
    List<StudyRun> runsOf(Family family) {
        return runs.stream().filter(run -> run.family() == family).toList();
    }
}
