package dev.gimbal.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.gimbal.dataset.Shuffle;
import dev.gimbal.metric.Accuracy;
import dev.gimbal.network.Network;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.Rows;
import dev.gimbal.objective.CrossEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Fits one network to the classes of values, and keeps the weights that do best on validation
/// data.
final class ClassifierTraining {
    private final String name;
    private final Network network;
    private final Parameters parameters;
    private final ClassifierSettings settings;
    private final RandomGenerator random;

    /// @param name of the network's arrays, and shown beside the progress
    /// @param parameters into which its arrays are put
    ClassifierTraining(
            String name,
            Network network,
            Parameters parameters,
            ClassifierSettings settings,
            long seed) {
        this.name = name;
        this.network = network;
        this.parameters = parameters;
        this.settings = settings;
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// Trains from new weights.
    ///
    /// @return whether it came to its end; otherwise the listener asked to stop
    /// @throws TrainingFailedException when the loss is not a number
    boolean run(LabelledValues train, LabelledValues validation, TrainingListener listener) {
        network.initialise(parameters, name, random);
        parameters.track(this::own);
        int[] order = {};
        int next = 0;
        double sum = 0;
        double best = -1;
        Map<String, float[]> kept = parameters.snapshot();
        try (Adam adam = new Adam(parameters.manager())) {
            for (int step = 1; step <= settings.steps(); step++) {
                if (listener.stopRequested()) {
                    return false;
                }
                int size = Math.min(settings.batchSize(), train.size());
                if (next + size > order.length) {
                    order = Shuffle.of(train.size(), random);
                    next = 0;
                }
                sum += step(train, order, next, next + size, adam, step);
                next += size;
                listener.step(name, 1, step / (double) settings.steps());
                if (step % settings.validateEvery() == 0 || step == settings.steps()) {
                    double accuracy = accuracy(validation);
                    double loss = sum / ((step - 1) % settings.validateEvery() + 1);
                    report(step, loss, accuracy, listener);
                    sum = 0;
                    if (accuracy >= best) {
                        best = accuracy;
                        kept = parameters.snapshot();
                    }
                }
            }
        }
        parameters.restore(kept);
        parameters.track(_ -> false);
        return true;
    }

    private boolean own(String parameter) {
        return parameter.startsWith(name + ".") && !Parameters.isStatistic(parameter);
    }

    private double step(LabelledValues data, int[] order, int from, int to, Adam adam, int step) {
        double value;
        try (NDManager manager = parameters.manager().newSubManager()) {
            NDArray x = rows(manager, data, order, from, to);
            NDArray labels = labels(manager, data, order, from, to);
            try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
                NDArray loss = CrossEntropy.of(network.forward(parameters, name, x), labels);
                tape.backward(loss);
                value = loss.getFloat();
            }
        }
        if (!Double.isFinite(value)) {
            throw new TrainingFailedException(
                    "the loss of '%s' is %s at step %d".formatted(name, value, step));
        }
        double progress = (step - 1.0) / settings.steps();
        double rate = settings.learningRate() * Schedule.cosine(.01).at(progress);
        parameters.names().stream()
                .filter(this::own)
                .forEach(own -> {
                    NDArray parameter = parameters.get(own);
                    try (NDArray gradient = parameter.getGradient()) {
                        adam.update(own, parameter, gradient, rate);
                        gradient.subi(gradient);
                    }
                });
        return value;
    }

    private static NDArray rows(
            NDManager manager, LabelledValues data, int[] order, int from, int to) {
        List<float[]> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            rows.add(data.values()[order[i]]);
        }
        return Rows.matrix(manager, rows);
    }

    private NDArray labels(NDManager manager, LabelledValues data, int[] order, int from, int to) {
        int classes = network.outputSize();
        float[] labels = new float[(to - from) * classes];
        for (int i = from; i < to; i++) {
            labels[(i - from) * classes + data.classes()[order[i]]] = 1;
        }
        return manager.create(labels, new Shape(to - from, classes));
    }

    /// The share of values whose class the network tells.
    double accuracy(LabelledValues data) {
        float[][] logits =
                Rows.map(
                        parameters.manager(),
                        data.values(),
                        x -> network.forward(parameters, name, x));
        return Accuracy.of(Rows.greatest(logits), data.classes());
    }

    private void report(int step, double loss, double accuracy, TrainingListener listener) {
        listener.epoch(
                new EpochRecord(
                        (step + settings.validateEvery() - 1) / settings.validateEvery(),
                        name,
                        Map.of("crossEntropy", loss),
                        Map.of("accuracy", accuracy)));
    }
}
