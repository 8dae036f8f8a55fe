package dev.gimbal.dataset.digits;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Shuffle;
import dev.gimbal.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Finds values of the same digit: round after round, each value of the one modality is given a
/// random value of the other.
///
/// Within a digit the other's values are gone through in random order, and all again in a new one,
/// so that each is used as often as any other, to within one use.
final class Partners {
    private final DigitModality leader;
    private final DigitModality other;
    private final Split split;
    private final RandomGenerator random;

    private Partners(
            DigitModality leader, DigitModality other, Split split, RandomGenerator random) {
        this.leader = leader;
        this.other = other;
        this.split = split;
        this.random = random;
    }

    /// Indices of the other's values, `[rounds * leader's size]`; entry `r n + i` belongs to the
    /// leader's value `i`.
    ///
    /// @throws BadInputException when the other lacks a digit that the leader has, or has no second
    ///   value of one that is made from the leader's
    static int[] of(
            DigitModality leader,
            DigitModality other,
            Split split,
            int rounds,
            RandomGenerator random) {
        Partners search = new Partners(leader, other, split, random);
        int[] partners = new int[Math.multiplyExact(rounds, leader.size(split))];
        List<int[]> leaders = byDigit(leader, split);
        List<int[]> others = byDigit(other, split);
        for (int digit = 0; digit < leaders.size(); digit++) {
            if (leaders.get(digit).length > 0) {
                search.require(others.get(digit), digit);
                search.fill(leaders.get(digit), others.get(digit), rounds, partners);
            }
        }
        return partners;
    }

    private static List<int[]> byDigit(DigitModality modality, Split split) {
        List<int[]> byDigit = new ArrayList<>();
        for (int digit = 0; digit < 10; digit++) {
            int wanted = digit;
            byDigit.add(
                    IntStream.range(0, modality.size(split))
                            .filter(i -> modality.digit(split, i) == wanted)
                            .toArray());
        }
        return byDigit;
    }

    private void require(int[] values, int digit) {
        int least = other.madeFrom(leader) ? 2 : 1;
        if (values.length < least) {
            throw new BadInputException(
                    other.modality().name(),
                    "digit " + digit,
                    "has %d values in split %s, pairs need %d"
                            .formatted(values.length, split, least));
        }
    }

    private void fill(int[] leaders, int[] others, int rounds, int[] partners) {
        int[] order = {};
        int next = 0;
        for (int round = 0; round < rounds; round++) {
            for (int leader : leaders) {
                if (next == order.length) {
                    order = order(others);
                    next = 0;
                }
                partners[round * this.leader.size(split) + leader] = order[next++];
            }
        }
    }

    private int[] order(int[] values) {
        int[] places = Shuffle.of(values.length, random);
        if (other.madeFrom(leader)) {
            removeFixedPoints(places);
        }
        return IntStream.of(places).map(place -> values[place]).toArray();
    }

    /// Moves every value away from its own place, by a swap with the place beside it.
    private static void removeFixedPoints(int[] places) {
        for (int i = 0; i < places.length; i++) {
            if (places[i] == i) {
                int beside = i + 1 < places.length ? i + 1 : i - 1;
                places[i] = places[beside];
                places[beside] = i;
            }
        }
    }
}
