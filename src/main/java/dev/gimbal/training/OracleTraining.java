package dev.gimbal.training;

import ai.djl.ndarray.NDManager;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.bundle.Oracle;
import dev.gimbal.bundle.OracleCard;
import dev.gimbal.bundle.Provenance;
import dev.gimbal.bundle.Safetensors;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.ClassFactor;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.network.Activation;
import dev.gimbal.network.ConvolutionalEncoder;
import dev.gimbal.network.Mlp;
import dev.gimbal.network.Network;
import dev.gimbal.network.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// Trains an [Oracle]: for each modality of a data set a small network that tells one true factor.
public final class OracleTraining {
    private static final List<Integer> CHANNELS = List.of(32, 64, 128);
    private static final int LEAST_SIDE = 4;
    private static final int HIDDEN = 256;

    private final MultimodalDataset dataset;
    private final ClassFactor factor;
    private final ClassifierSettings settings;
    private final long seed;

    /// @param factor name of the column of true factors, such as `digit`
    /// @throws BadInputException when the data have no such factor, or it has fewer than two values
    public OracleTraining(
            MultimodalDataset dataset, String factor, ClassifierSettings settings, long seed) {
        this.dataset = dataset;
        this.factor = ClassFactor.of(dataset, factor);
        this.settings = settings;
        this.seed = seed;
    }

    /// Trains one classifier after the other and measures each on the test split.
    ///
    /// @return the oracle, which the caller closes; empty when the listener asked to stop
    /// @throws BadInputException for a modality that it has no network for
    /// @throws TrainingFailedException when a loss is not a number
    public Optional<Oracle> run(TrainingListener listener) {
        long start = System.nanoTime();
        Map<String, Network> classifiers = new TreeMap<>();
        for (Modality modality : dataset.modalities()) {
            classifiers.put(modality.name(), network(modality));
        }
        Map<String, Double> accuracy = new TreeMap<>();
        try (NDManager manager = NDManager.newBaseManager();
                Parameters parameters = new Parameters(manager)) {
            for (String modality : classifiers.keySet()) {
                Network network = classifiers.get(modality);
                OptionalDouble told = train(modality, network, parameters, listener);
                if (told.isEmpty()) {
                    return Optional.empty();
                }
                accuracy.put(modality, told.getAsDouble());
            }
            byte[] weights = Safetensors.encode(parameters.list());
            double seconds = (System.nanoTime() - start) / 1e9;
            return Optional.of(new Oracle(card(classifiers, accuracy, weights, seconds), weights));
        }
    }

    /// Accuracy on the test split; empty when the listener asked to stop.
    private OptionalDouble train(
            String modality, Network network, Parameters parameters, TrainingListener listener) {
        ClassifierTraining training =
                new ClassifierTraining(
                        Oracle.prefix(modality), network, parameters, settings, seed);
        LabelledValues train = values(Split.TRAIN, modality);
        return training.run(train, values(Split.VALIDATION, modality), listener)
                ? OptionalDouble.of(training.accuracy(values(Split.TEST, modality)))
                : OptionalDouble.empty();
    }

    private OracleCard card(
            Map<String, Network> classifiers,
            Map<String, Double> accuracy,
            byte[] weights,
            double seconds) {
        return new OracleCard(
                OracleCard.FORMAT,
                factor.name(),
                factor.classes(),
                dataset.modalities(),
                classifiers,
                accuracy,
                ModelBundle.sha256(weights),
                provenance(seconds));
    }

    private LabelledValues values(Split split, String modality) {
        return LabelledValues.of(dataset, split, modality, factor);
    }

    private Network network(Modality modality) {
        return switch (modality.kind()) {
            case IMAGE ->
                    new ConvolutionalEncoder(
                            modality.shape(), channels(modality), HIDDEN, factor.classes().size());
            case VECTOR ->
                    new Mlp(
                            modality.size(),
                            List.of(HIDDEN),
                            factor.classes().size(),
                            Activation.RELU);
            case TEXT ->
                    throw new BadInputException(
                            "modality", modality.name(), "is text, which no oracle reads");
        };
    }

    /// As many halvings as leave a side of 4.
    private static List<Integer> channels(Modality modality) {
        int halvings = 0;
        int height = modality.shape().get(1);
        int width = modality.shape().get(2);
        while (halvings < CHANNELS.size()
                && (height | width) % 2 == 0
                && Math.min(height, width) / 2 >= LEAST_SIDE) {
            halvings++;
            height /= 2;
            width /= 2;
        }
        if (halvings == 0) {
            throw new BadInputException(
                    "modality",
                    modality.name(),
                    "is %s: sides must be even, 8 at least".formatted(modality.shape()));
        }
        return CHANNELS.subList(0, halvings);
    }

    private Provenance provenance(double seconds) {
        return BuildInfo.provenance(
                dataset.name(),
                dataset.fingerprint(),
                seed,
                Map.of(
                        "steps", settings.steps(),
                        "batchSize", settings.batchSize(),
                        "learningRate", settings.learningRate()),
                seconds);
    }
}
