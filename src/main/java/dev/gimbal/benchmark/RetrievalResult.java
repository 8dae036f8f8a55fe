package dev.gimbal.benchmark;

import dev.gimbal.metric.Bootstrap;
import dev.gimbal.metric.MeanAndDeviation;
import dev.gimbal.metric.RetrievalMetric;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Retrieval metrics over repeated draws.
///
/// @param protocol that made them
/// @param mean of each [dev.gimbal.metric.RetrievalMetric] over the draws, by name
/// @param deviation over the draws (divisor n - 1), by name; 0 for a single draw
/// @param rankCounts how many queries of all draws had rank 1, 2 and so on, up to the last rank
///   that occurred: the whole recall curve; empty in results of older versions
/// @param distances of pairs and of others; `null` where scores come from no index
/// @param intervals of 95 % by the bootstrap over queries, by name, where there was one draw, as of
///   a small test split; empty otherwise
public record RetrievalResult(
        RetrievalProtocol protocol,
        Map<String, Double> mean,
        Map<String, Double> deviation,
        List<Integer> rankCounts,
        @Nullable PairDistances distances,
        Map<String, Bootstrap.Interval> intervals) {
    public RetrievalResult {
        intervals = intervals == null ? Map.of() : intervals;
        rankCounts = rankCounts == null ? List.of() : List.copyOf(rankCounts);
    }

    static RetrievalResult of(RetrievalProtocol protocol, List<int[]> ranks) {
        List<Map<String, Double>> draws = ranks.stream().map(RetrievalMetric::all).toList();
        Map<String, Double> mean = new LinkedHashMap<>();
        Map<String, Double> deviation = new LinkedHashMap<>();
        for (String name : draws.getFirst().keySet()) {
            double[] values = draws.stream().mapToDouble(draw -> draw.get(name)).toArray();
            MeanAndDeviation over = MeanAndDeviation.of(values);
            mean.put(name, over.mean());
            deviation.put(name, over.deviation());
        }
        return new RetrievalResult(
                protocol, mean, deviation, counts(ranks), null, intervals(protocol, ranks));
    }

    private static Map<String, Bootstrap.Interval> intervals(
            RetrievalProtocol protocol, List<int[]> ranks) {
        Map<String, Bootstrap.Interval> intervals = new LinkedHashMap<>();
        for (RetrievalMetric metric : RetrievalMetric.values()) {
            if (ranks.size() == 1) {
                intervals.put(
                        metric.id(), Bootstrap.ofRanks(ranks.getFirst(), metric, protocol.seed()));
            }
        }
        return intervals;
    }

    RetrievalResult with(PairDistances measured) {
        return new RetrievalResult(protocol, mean, deviation, rankCounts, measured, intervals);
    }

    private static List<Integer> counts(List<int[]> ranks) {
        int last = ranks.stream().flatMapToInt(Arrays::stream).max().orElse(0);
        int[] counts = new int[last];
        ranks.forEach(draw -> Arrays.stream(draw).forEach(rank -> counts[rank - 1]++));
        return Arrays.stream(counts).boxed().toList();
    }
}
