package dev.gimbal.training;

import ai.djl.ndarray.NDManager;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Modality;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Value;
import dev.gimbal.family.Architecture;
import dev.gimbal.family.CosSim;
import dev.gimbal.family.CosSimLvm;
import dev.gimbal.family.Family;
import dev.gimbal.family.PairedModel;
import dev.gimbal.family.Rivae;
import dev.gimbal.network.Activation;
import dev.gimbal.network.Identity;
import dev.gimbal.network.Mlp;
import dev.gimbal.network.Network;
import dev.gimbal.network.Parameters;
import dev.gimbal.objective.RetrievalHinge;
import dev.gimbal.preprocessing.Preprocessing;
import dev.gimbal.training.Settings.JointStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// Makes a model and its training plan from settings: one method for each family.
public final class Plans {
    private static final String EMBEDDERS = "embedder.";
    private static final List<String> HEADS = List.of("prior.", "posterior.", "decoder.");
    private static final double CONSTANT_RATE = 1e-2;

    private Plans() {}

    /// A freshly initialised model with the plan that trains it. Closing the plan's model frees it.
    ///
    /// @param dataset what it will be trained on; vocabularies are of its training split
    /// @param manager parent of the model's native memory
    public static TrainingPlan of(
            Family family,
            Settings settings,
            MultimodalDataset dataset,
            long seed,
            NDManager manager) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Architecture architecture = architecture(family, settings, dataset);
        PairedModel model = (PairedModel) family.build(architecture, new Parameters(manager));
        model.initialise(random);
        List<Stage> stages = new ArrayList<>();
        if (hasEmbedders(model)) {
            stages.add(embedders(model, settings, random));
        }
        switch (model) {
            case CosSim cosSim -> sharpened(cosSim, settings, stages);
            case CosSimLvm lvm -> bottleneck(lvm, settings, stages);
            case Rivae rivae -> rivae(rivae, settings, seed, stages);
        }
        stages.removeIf(stage -> stage.epochs() == 0);
        if (stages.isEmpty()) {
            throw new BadInputException(
                    "encoders",
                    "identity",
                    "leaves nothing to train for "
                            + family.id()
                            + "; an mlp with hidden [] gives each modality an affine encoder");
        }
        return new TrainingPlan(model, stages);
    }

    /// Whether there is an embedder to train; embeddings that are taken as they are have none, and
    /// then neither a stage nor a regulariser of their own.
    static boolean hasEmbedders(PairedModel model) {
        return model.architecture().modalities().stream()
                .map(modality -> model.architecture().network(EMBEDDERS + modality.name()))
                .anyMatch(embedder -> !(embedder instanceof Identity));
    }

    private static Architecture architecture(
            Family family, Settings settings, MultimodalDataset dataset) {
        Map<String, Network> networks = new TreeMap<>();
        Map<String, Preprocessing> preprocessing = new TreeMap<>();
        List<Modality> modalities = dataset.modalities();
        for (Modality modality : modalities) {
            EncoderSettings.Encoder encoder =
                    settings.encoder(modality)
                            .of(modality, texts(dataset, modality), settings.embedding());
            networks.put(EMBEDDERS + modality.name(), encoder.network());
            if (encoder.preprocessing() != null) {
                preprocessing.put(modality.name(), encoder.preprocessing());
            }
        }
        int k = sharedSize(modalities, networks);
        Map<String, Double> constants = new TreeMap<>();
        switch (family) {
            case COS_SIM -> {}
            case COS_SIM_LVM -> {
                networks.put("encoder", head(k, settings, settings.latent()));
                networks.put("decoder", head(settings.latent(), settings, k));
            }
            case RIVAE -> {
                networks.put("prior", head(k, settings, 2 * settings.latent()));
                networks.put("posterior", head(2 * k, settings, 2 * settings.latent()));
                networks.put("decoder", head(settings.latent(), settings, k));
                boolean joint = !settings.joint().isEmpty();
                var last = joint ? settings.joint().getLast() : null;
                var heads = settings.heads();
                constants.put("eta", last == null ? heads.eta() : last.etaTo());
                constants.put(
                        "deviationLow", last == null ? heads.deviationLow() : last.deviationLow());
                constants.put(
                        "deviationHigh",
                        last == null ? heads.deviationHigh() : last.deviationHigh());
            }
        }
        return new Architecture(family, modalities, preprocessing, networks, constants);
    }

    private static int sharedSize(List<Modality> modalities, Map<String, Network> networks) {
        Modality query = modalities.getFirst();
        Modality target = modalities.getLast();
        int k = Objects.requireNonNull(networks.get(EMBEDDERS + query.name())).outputSize();
        int other = Objects.requireNonNull(networks.get(EMBEDDERS + target.name())).outputSize();
        if (k != other) {
            throw new BadInputException(
                    "encoders",
                    "identity",
                    "takes vectors as embeddings already, which then need equal sizes, but '%s' has %d entries and '%s' has %d; an mlp with hidden [] gives each an affine encoder"
                            .formatted(query.name(), k, target.name(), other));
        }
        return k;
    }

    private static List<String> texts(MultimodalDataset dataset, Modality modality) {
        return IntStream.range(0, dataset.size(Split.TRAIN))
                .filter(_ -> modality.kind() == Modality.Kind.TEXT)
                .mapToObj(i -> dataset.example(Split.TRAIN, i).values().get(modality.name()))
                .filter(Value.Text.class::isInstance)
                .map(value -> ((Value.Text) value).text())
                .toList();
    }

    private static Mlp head(int in, Settings settings, int out) {
        return new Mlp(in, settings.hidden(), out, Activation.LEAKY_RELU);
    }

    private static Stage embedders(PairedModel model, Settings settings, RandomGenerator random) {
        var s = settings.embedders();
        return new Stage(
                "embedders",
                s.epochs(),
                s.batchSize(),
                List.of(new ParameterGroup(List.of(EMBEDDERS), s.learningRate())),
                Schedule.CONSTANT,
                Stage.DataView.RAW,
                new EmbedderObjective(model, new RetrievalHinge(s.margin(), s.negatives())),
                false,
                false,
                s.spread() > 0
                        ? data -> OneSidedStart.apply(model, data, s.spread(), random)
                        : Stage.Preparation.NONE);
    }

    /// Cos-Sim's own joint stages: the same loss on a falling rate.
    private static void sharpened(CosSim model, Settings settings, List<Stage> stages) {
        RetrievalHinge hinge =
                new RetrievalHinge(settings.embedders().margin(), settings.negatives());
        for (JointStage joint : hasEmbedders(model) ? settings.joint() : List.<JointStage>of()) {
            stages.add(
                    new Stage(
                            "joint-" + stages.size(),
                            joint.epochs(),
                            joint.batchSize(),
                            List.of(new ParameterGroup(List.of(EMBEDDERS), joint.embedderRate())),
                            Schedule.cosine(joint.endFactor()),
                            Stage.DataView.RAW,
                            new EmbedderObjective(model, hinge),
                            joint != settings.joint().getFirst(),
                            false,
                            Stage.Preparation.NONE));
        }
    }

    private static void bottleneck(CosSimLvm model, Settings settings, List<Stage> stages) {
        RetrievalHinge hinge =
                new RetrievalHinge(settings.embedders().margin(), settings.negatives());
        var heads = settings.heads();
        List<String> coders = List.of("encoder.", "decoder.");
        stages.add(
                new Stage(
                        "bottleneck",
                        heads.epochs(),
                        heads.batchSize(),
                        List.of(new ParameterGroup(coders, heads.learningRate())),
                        Schedule.CONSTANT,
                        Stage.DataView.EMBEDDED,
                        new BottleneckObjective(model, hinge, true),
                        false,
                        false,
                        Stage.Preparation.NONE));
        for (JointStage joint : settings.joint()) {
            stages.add(
                    new Stage(
                            "joint-" + stages.size(),
                            joint.epochs(),
                            joint.batchSize(),
                            jointGroups(model, coders, joint),
                            Schedule.cosine(joint.endFactor()),
                            Stage.DataView.RAW,
                            new BottleneckObjective(model, hinge, false),
                            joint != settings.joint().getFirst(),
                            false,
                            Stage.Preparation.NONE));
        }
    }

    private static List<ParameterGroup> jointGroups(
            PairedModel model, List<String> heads, JointStage joint) {
        List<ParameterGroup> groups = new ArrayList<>();
        groups.add(new ParameterGroup(heads, joint.headRate()));
        if (hasEmbedders(model)) {
            groups.add(new ParameterGroup(List.of(EMBEDDERS), joint.embedderRate()));
            if (model instanceof Rivae) {
                groups.add(new ParameterGroup(List.of(Rivae.LOG_CONSTANT), CONSTANT_RATE));
            }
        }
        return groups;
    }

    private static void rivae(Rivae model, Settings settings, long seed, List<Stage> stages) {
        var heads = settings.heads();
        stages.add(
                new Stage(
                        "heads",
                        heads.epochs(),
                        heads.batchSize(),
                        List.of(new ParameterGroup(HEADS, heads.learningRate())),
                        Schedule.CONSTANT,
                        Stage.DataView.EMBEDDED,
                        RivaeObjective.heads(model, settings),
                        false,
                        false,
                        Stage.Preparation.NONE));
        for (JointStage joint : settings.joint()) {
            stages.add(
                    new Stage(
                            "joint-" + stages.size(),
                            joint.epochs(),
                            joint.batchSize(),
                            jointGroups(model, HEADS, joint),
                            Schedule.cosine(joint.endFactor()),
                            Stage.DataView.RAW,
                            new RivaeObjective(model, settings, joint),
                            joint != settings.joint().getFirst() && !joint.align(),
                            joint.align(),
                            data -> {
                                if (joint.align()) {
                                    Aligner.fastIca(model, data, seed);
                                }
                                if (joint == settings.joint().getFirst() && hasEmbedders(model)) {
                                    RivaeObjective.startConstant(model, settings, data, seed);
                                }
                            }));
        }
    }
}
