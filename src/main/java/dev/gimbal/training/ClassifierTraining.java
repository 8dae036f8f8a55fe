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
import java.util.Arrays;
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

    private int[] order = {};
    private int dealt;
    private double best = -1;
    private Map<String, float[]> kept = Map.of();

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
        double sum = 0;
        try (Adam adam = new Adam(parameters.manager())) {
            for (int step = 1; step <= settings.steps(); step++) {
                if (listener.stopRequested()) {
                    return false;
                }
                sum += step(train, next(train.size()), adam, step);
                listener.step(name, 1, step / (double) settings.steps());
                if (step % settings.validateEvery() == 0 || step == settings.steps()) {
                    int steps = (step - 1) % settings.validateEvery() + 1;
                    look(step, sum / steps, accuracy(validation), listener);
                    sum = 0;
                }
            }
        }
        parameters.restore(kept);
        parameters.track(_ -> false);
        return true;
    }

    /// The next batch of a random order, and of a new one when too few are left.
    private int[] next(int examples) {
        int size = Math.min(settings.batchSize(), examples);
        if (dealt + size > order.length) {
            order = Shuffle.of(examples, random);
            dealt = 0;
        }
        dealt += size;
        return Arrays.copyOfRange(order, dealt - size, dealt);
    }

    /// Reports a look at the validation split, and keeps the weights when they are the best so far.
    private void look(int step, double loss, double accuracy, TrainingListener listener) {
        listener.epoch(
                new EpochRecord(
                        Math.ceilDiv(step, settings.validateEvery()),
                        name,
                        Map.of("crossEntropy", loss),
                        Map.of("accuracy", accuracy)));
        if (accuracy >= best) {
            best = accuracy;
            kept = parameters.snapshot();
        }
    }

    private boolean own(String parameter) {
        return parameter.startsWith(name + ".") && !Parameters.isStatistic(parameter);
    }

    /// The loss before the step.
    private double step(LabelledValues data, int[] batch, Adam adam, int step) {
        double loss = gradients(data, batch);
        if (!Double.isFinite(loss)) {
            throw new TrainingFailedException(
                    "the loss of '%s' is %s at step %d".formatted(name, loss, step));
        }
        double progress = (step - 1.0) / settings.steps();
        double rate = settings.learningRate() * Schedule.cosine(.01).at(progress);
        parameters.names().stream()
                .filter(this::own)
                .forEach(own -> adam.update(own, parameters.get(own), rate));
        return loss;
    }

    private double gradients(LabelledValues data, int[] batch) {
        List<float[]> rows = Arrays.stream(batch).mapToObj(i -> data.values()[i]).toList();
        try (NDManager manager = parameters.manager().newSubManager()) {
            NDArray x = Rows.matrix(manager, rows);
            NDArray labels = labels(manager, data, batch);
            try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
                NDArray loss = CrossEntropy.of(network.forward(parameters, name, x), labels);
                tape.backward(loss);
                return loss.getFloat();
            }
        }
    }

    /// `[batch, classes]`, each row 1 at its class.
    private NDArray labels(NDManager manager, LabelledValues data, int[] batch) {
        int classes = network.outputSize();
        float[] labels = new float[batch.length * classes];
        for (int i = 0; i < batch.length; i++) {
            labels[i * classes + data.classes()[batch[i]]] = 1;
        }
        return manager.create(labels, new Shape(batch.length, classes));
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
}
