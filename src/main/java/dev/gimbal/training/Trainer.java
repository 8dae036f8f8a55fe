package dev.gimbal.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.family.NetworkModel;
import dev.gimbal.family.PairedModel;
import dev.gimbal.network.Parameters;
import dev.gimbal.objective.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Runs a training plan: shuffles, steps, validates, and writes a checkpoint after each epoch.
///
/// All randomness of an epoch comes from (seed, epoch), so that a resumed training ends with the
/// weights of an uninterrupted one. One training at a time in a process: the engine has one tape.
final class Trainer {
    private final TrainingPlan plan;
    private final NetworkModel model;
    private final Path folder;
    private final long seed;
    private final String configuration;
    private final TrainingListener listener;

    private final List<EpochRecord> history = new ArrayList<>();
    private Map<String, float[]> best = Map.of();
    private int bestEpoch;
    private double bestScore = Double.NEGATIVE_INFINITY;
    private double earlierSeconds;
    private int[] pairingClasses = {};

    /// A trainer that keeps its checkpoints in `folder`.
    ///
    /// @param configuration hash of all that the outcome depends on; a checkpoint of another one is
    ///   not resumed from
    public Trainer(
            TrainingPlan plan,
            Path folder,
            long seed,
            String configuration,
            TrainingListener listener) {
        this.plan = plan;
        this.model = plan.model();
        this.folder = folder;
        this.seed = seed;
        this.configuration = configuration;
        this.listener = listener;
    }

    /// Trains to the end, or until the listener asks to stop. Afterwards the model holds the best
    /// epoch's weights.
    ///
    /// @return whether the plan is done
    /// @throws TrainingFailedException when a loss is not a number
    public boolean run(MultimodalDataset dataset, boolean resume) throws IOException {
        long start = System.nanoTime();
        try (NDManager manager = model.manager().newSubManager();
                Adam adam = new Adam(manager)) {
            int done = resume ? resume(manager, adam) : 0;
            TrainingData train = preprocessed(dataset, Split.TRAIN, done == 0);
            if (!(model instanceof PairedModel)) {
                pairingClasses = dataset.pairingClasses(Split.TRAIN);
            }
            TrainingData validation = preprocessed(dataset, Split.VALIDATION, false);
            int first = 0;
            for (Stage stage : plan.stages()) {
                int last = first + stage.epochs();
                if (done < last) {
                    if (done == first) {
                        if (!stage.continues()) {
                            adam.reset();
                        }
                        stage.prepare().apply(train);
                    }
                    TrainingData view = view(stage, train);
                    track(stage);
                    for (int epoch = done; epoch < last; epoch++) {
                        Optional<Map<String, Double>> losses =
                                epoch(stage, view, adam, epoch, epoch - first);
                        if (losses.isEmpty()) {
                            return false;
                        }
                        finish(stage, epoch + 1, losses.get(), validation);
                        double seconds = earlierSeconds + (System.nanoTime() - start) / 1e9;
                        write(epoch + 1, adam, seconds);
                        listener.epoch(history.getLast());
                    }
                    done = last;
                }
                first = last;
            }
            earlierSeconds += (System.nanoTime() - start) / 1e9;
            model.parameters().track(_ -> false);
            if (!best.isEmpty()) {
                model.parameters().restore(best);
                if (model instanceof PairedModel paired) {
                    Anchor.drop(paired);
                }
            }
            return true;
        }
    }

    /// Every measure of the model as it stands, on validation data.
    public Map<String, Double> validate(MultimodalDataset dataset) {
        return plan.criterion().measure(preprocessed(dataset, Split.VALIDATION, false));
    }

    /// What each epoch came to.
    public List<EpochRecord> history() {
        return List.copyOf(history);
    }

    /// The epoch whose weights the model holds now.
    public int bestEpoch() {
        return bestEpoch;
    }

    /// Seconds of training, those before a resume included.
    public double seconds() {
        return earlierSeconds;
    }

    private int resume(NDManager manager, Adam adam) throws IOException {
        Optional<Checkpoint> found = Checkpoint.read(folder);
        if (found.isEmpty()) {
            return 0;
        }
        Checkpoint checkpoint = found.get();
        if (!checkpoint.configuration().equals(configuration)) {
            throw new TrainingFailedException(
                    "the checkpoint in '"
                            + folder
                            + "' is of another configuration (settings, seed or data differ)");
        }
        best = checkpoint.restore(folder, manager, model.parameters(), adam);
        bestEpoch = checkpoint.bestEpoch();
        bestScore = checkpoint.bestScore();
        earlierSeconds = checkpoint.seconds();
        history.addAll(checkpoint.history());
        return checkpoint.epoch();
    }

    private TrainingData preprocessed(MultimodalDataset dataset, Split split, boolean fit) {
        TrainingData raw =
                model instanceof PairedModel
                        ? TrainingData.of(dataset, split, model.architecture())
                        : TrainingData.partial(dataset, split, model.architecture());
        if (fit) {
            raw.values().forEach(model::fitPreprocessing);
        }
        TrainingData ready =
                raw.map(
                        model.manager(),
                        model.architecture().preprocessing().keySet(),
                        model::preprocess);
        return plan.labelled(ready, dataset, split);
    }

    private TrainingData view(Stage stage, TrainingData train) {
        if (!(model instanceof PairedModel paired)) {
            return train;
        }
        TrainingData view =
                switch (stage.view()) {
                    case RAW -> train;
                    case EMBEDDED -> train.map(paired.manager(), paired::embed);
                };
        return Anchor.beside(view, paired);
    }

    private void track(Stage stage) {
        model.parameters().track(name -> stage.groups().stream().anyMatch(g -> g.contains(name)));
    }

    /// One pass; empty when the listener asked to stop.
    private Optional<Map<String, Double>> epoch(
            Stage stage, TrainingData data, Adam adam, int epoch, int epochOfStage) {
        RandomGenerator random =
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 1_000_003 + epoch);
        int[] order = permutation(data.size(), random);
        TrainingData dealt = data.dealt(pairingClasses, random);
        int steps = stage.descends() ? data.size() / stage.batchSize() : 0;
        if (steps == 0 && stage.descends()) {
            throw new TrainingFailedException(
                    data.size()
                            + " training examples do not fill a batch of "
                            + stage.batchSize()
                            + "; set a smaller batchSize (--print-settings gives a file to begin with)");
        }
        Map<String, Double> sums = new LinkedHashMap<>();
        for (int step = 0; step < steps; step++) {
            if (listener.stopRequested()) {
                return Optional.empty();
            }
            double progress = (epochOfStage + (double) step / steps) / stage.epochs();
            try (NDManager manager = model.manager().newSubManager()) {
                int from = step * stage.batchSize();
                int to = from + stage.batchSize();
                Batch batch = dealt.batch(manager, order, from, to, random, progress);
                requireSomething(batch, stage, epoch + 1, step);
                if (stage.view() == Stage.DataView.RAW) {
                    batch = plan.augmented(batch);
                }
                step(stage, batch, adam)
                        .forEach((name, value) -> sums.merge(name, value, Double::sum));
            }
            requireFinite(sums, stage, epoch + 1, step);
            listener.step(stage.name(), epoch + 1, (step + 1.0) / steps);
        }
        requireFiniteWeights(stage, epoch + 1, steps);
        sums.replaceAll((_, sum) -> sum / Math.max(1, steps));
        return Optional.of(sums);
    }

    private Map<String, Double> step(Stage stage, Batch batch, Adam adam) {
        Map<String, Double> terms = new LinkedHashMap<>();
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            Loss loss = stage.objective().of(batch);
            tape.backward(loss.total());
            loss.terms().forEach((name, term) -> terms.put(name, (double) term.getFloat()));
        }
        double factor = stage.schedule().at(batch.progress());
        Parameters parameters = model.parameters();
        for (String name : parameters.names()) {
            for (ParameterGroup group : stage.groups()) {
                if (group.contains(name)) {
                    adam.update(name, parameters.get(name), group.learningRate() * factor);
                }
            }
        }
        return terms;
    }

    private static void requireSomething(Batch batch, Stage stage, int epoch, int step) {
        batch.presences()
                .forEach((modality, presence) -> {
                    if (presence.sum().getFloat() == 0) {
                        throw new TrainingFailedException(
                                "no example of a batch has '%s', in stage '%s', epoch %d, step %d: larger batches would; the last good checkpoint is kept"
                                        .formatted(modality, stage.name(), epoch, step + 1));
                    }
                });
    }

    private static void requireFinite(Map<String, Double> sums, Stage stage, int epoch, int step) {
        sums.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new TrainingFailedException(
                        "loss term '%s' is %s in stage '%s', epoch %d, step %d; the last good checkpoint is kept"
                                .formatted(name, value, stage.name(), epoch, step + 1));
            }
        });
    }

    /// The last step of an epoch shows in no loss, and its checkpoint would replace a good one.
    private void requireFiniteWeights(Stage stage, int epoch, int steps) {
        model.parameters()
                .snapshot()
                .forEach((name, values) -> {
                    for (float value : values) {
                        if (!Float.isFinite(value)) {
                            throw new TrainingFailedException(
                                    "weight '%s' is %s in stage '%s', after epoch %d, step %d; the last good checkpoint is kept"
                                            .formatted(name, value, stage.name(), epoch, steps));
                        }
                    }
                });
    }

    private void finish(
            Stage stage, int epoch, Map<String, Double> losses, TrainingData validation) {
        Map<String, Double> measured = plan.criterion().measure(validation);
        history.add(new EpochRecord(epoch, stage.name(), losses, measured));
        double score = plan.criterion().score(measured);
        if (stage == plan.stages().getLast() && score >= bestScore) {
            bestScore = score;
            bestEpoch = epoch;
            best = model.parameters().snapshot();
        }
    }

    private void write(int epoch, Adam adam, double seconds) throws IOException {
        Checkpoint state =
                new Checkpoint(
                        epoch,
                        configuration,
                        Map.of(),
                        bestEpoch,
                        bestScore,
                        seconds,
                        history,
                        "",
                        "");
        Checkpoint.write(folder, state, model.parameters(), adam, best);
    }

    private static int[] permutation(int n, RandomGenerator random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
