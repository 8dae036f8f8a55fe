package dev.gimbal.index;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/// Keeps the best `k` of the candidates it is offered. Used by one thread.
final class Best {
    private final int k;
    private final PriorityQueue<Candidate> worstFirst =
            new PriorityQueue<>(Candidate.BEST_FIRST.reversed());

    Best(int k) {
        this.k = k;
    }

    void offer(Candidate candidate) {
        if (worstFirst.size() < k) {
            worstFirst.add(candidate);
        } else if (Candidate.BEST_FIRST.compare(candidate, worstFirst.element()) < 0) {
            worstFirst.remove();
            worstFirst.add(candidate);
        }
    }

    boolean full() {
        return worstFirst.size() == k;
    }

    /// The score that a further candidate has to beat, or to equal with a smaller key.
    double threshold() {
        return worstFirst.element().score();
    }

    /// What was kept, best first.
    List<Candidate> toList() {
        List<Candidate> sorted = new ArrayList<>(worstFirst);
        sorted.sort(Candidate.BEST_FIRST);
        return List.copyOf(sorted);
    }
}
