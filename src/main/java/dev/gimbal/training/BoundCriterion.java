package dev.gimbal.training;

import ai.djl.ndarray.NDManager;
import dev.gimbal.family.MultimodalVae;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// A generative model is chosen by what it is trained for: the loss on validation data, always with
/// the same noise. At most the first 2,000 examples are used.
record BoundCriterion(MultimodalVae model, Objective objective) implements Criterion {
    private static final String LOSS = "loss";
    private static final int LARGEST = 2_000;
    private static final int CHUNK = 100;

    @Override
    public Map<String, Double> measure(TrainingData validation) {
        int n = Math.min(validation.size(), LARGEST);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(0);
        int[] order = IntStream.range(0, n).toArray();
        double sum = 0;
        for (int start = 0; start < n; start += CHUNK) {
            int end = Math.min(n, start + CHUNK);
            try (NDManager manager = model.manager().newSubManager()) {
                Batch batch = validation.batch(manager, order, start, end, random, 0);
                sum += (end - start) * (double) objective.of(batch).total().getFloat();
            }
        }
        return Map.of(LOSS, sum / Math.max(1, n));
    }

    @Override
    public double score(Map<String, Double> measured) {
        return -measured.getOrDefault(LOSS, Double.POSITIVE_INFINITY);
    }
}
