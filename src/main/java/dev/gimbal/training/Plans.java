package dev.gimbal.training;

import ai.djl.ndarray.NDManager;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.family.Architecture;
import dev.gimbal.family.CosSim;
import dev.gimbal.family.CosSimLvm;
import dev.gimbal.family.CrossModalModel;
import dev.gimbal.family.Family;
import dev.gimbal.family.MultimodalVae;
import dev.gimbal.family.PairedModel;
import dev.gimbal.family.Rivae;
import dev.gimbal.network.Identity;
import dev.gimbal.network.Network;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.TrunkAndHead;
import dev.gimbal.objective.RetrievalHinge;
import dev.gimbal.training.PairedSettings.CanonicalStage;
import dev.gimbal.training.PairedSettings.JointStage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Makes a model and its training plan from settings: one method for each family.
final class Plans {
    private static final double CONSTANT_RATE = 1e-2;

    private Plans() {}

    /// A freshly initialised model with the plan that trains it. Closing the plan's model frees it.
    ///
    /// @param dataset what it will be trained on
    /// @param manager parent of the model's native memory
    public static TrainingPlan of(
            Family family,
            Settings settings,
            MultimodalDataset dataset,
            long seed,
            NDManager manager) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Architecture architecture =
                switch (settings) {
                    case PairedSettings paired -> Architectures.of(family, paired, dataset);
                    case VaeSettings vae -> VaePlans.architecture(family, vae, dataset);
                };
        CrossModalModel model = family.build(architecture, new Parameters(manager));
        model.initialise(random);
        return switch (model) {
            case PairedModel paired when settings instanceof PairedSettings its ->
                    paired(paired, its, seed, random);
            case MultimodalVae vae when settings instanceof VaeSettings its ->
                    VaePlans.of(vae, its, dataset);
            default ->
                    throw new IllegalArgumentException(
                            "%s does not take %s".formatted(family.id(), settings.getClass()));
        };
    }

    private static TrainingPlan paired(
            PairedModel model, PairedSettings settings, long seed, RandomGenerator random) {
        settings.startingWeights()
                .forEach((modality, file) -> StartingWeights.load(model, modality, Path.of(file)));
        List<Stage> stages = new ArrayList<>();
        if (hasEmbedders(model)) {
            stages.addAll(
                    settings.canonical() == null
                            ? embedders(model, settings, random)
                            : List.of(canonical(model, settings.canonical())));
        }
        stages.addAll(
                switch (model) {
                    case CosSim cosSim -> sharpened(cosSim, settings);
                    case CosSimLvm lvm -> bottleneck(lvm, settings);
                    case Rivae rivae -> rivae(rivae, settings, seed);
                });
        stages.removeIf(stage -> stage.epochs() == 0);
        if (stages.isEmpty()) {
            throw new BadInputException(
                    "encoders",
                    "identity",
                    "leaves nothing to train for "
                            + model.architecture().family().id()
                            + "; an mlp with hidden [] gives each modality an affine encoder");
        }
        return new TrainingPlan(
                model, stages, settings.augmentation(), Validation.criterion(model));
    }

    /// Whether there is an embedder to train; embeddings that are taken as they are have none, and
    /// then neither a stage nor a regulariser of their own.
    static boolean hasEmbedders(PairedModel model) {
        return model.architecture().modalities().stream()
                .map(modality ->
                        model.architecture().network(PairedModel.embedder(modality.name())))
                .anyMatch(embedder -> !(embedder instanceof Identity));
    }

    private static Stage canonical(PairedModel model, CanonicalStage settings) {
        return Stage.closedForm("canonical", data -> CanonicalStart.apply(model, data, settings));
    }

    /// Cos-Sim: at first, where settings say so, around trunks that stay as they are.
    private static List<Stage> embedders(
            PairedModel model, PairedSettings settings, RandomGenerator random) {
        var s = settings.embedders();
        Objective objective =
                new EmbedderObjective(
                        model, new RetrievalHinge(s.margin(), s.negatives()), settings.bothWays());
        Stage.Preparation spread =
                s.spread() > 0
                        ? data -> OneSidedStart.apply(model, data, s.spread(), random)
                        : Stage.Preparation.NONE;
        List<String> all = List.of(PairedModel.EMBEDDERS);
        int frozen = s.frozenEpochs();
        if (frozen == 0) {
            return List.of(embedders("embedders", s.epochs(), s, all, objective, spread));
        }
        return List.of(
                embedders("around-trunks", frozen, s, aroundTrunks(model), objective, spread),
                embedders(
                        "embedders",
                        s.epochs() - frozen,
                        s,
                        all,
                        objective,
                        Stage.Preparation.NONE));
    }

    private static Stage embedders(
            String name,
            int epochs,
            PairedSettings.EmbedderStage settings,
            List<String> trained,
            Objective objective,
            Stage.Preparation prepare) {
        return new Stage(
                name,
                epochs,
                settings.batchSize(),
                List.of(new ParameterGroup(trained, settings.learningRate())),
                Schedule.CONSTANT,
                Stage.DataView.RAW,
                objective,
                false,
                false,
                prepare);
    }

    /// Every array of the embedders but those of a trunk that a file of weights has.
    private static List<String> aroundTrunks(PairedModel model) {
        return model.parameters().names().stream()
                .filter(name -> name.startsWith(PairedModel.EMBEDDERS) && !ofTrunk(model, name))
                .toList();
    }

    private static boolean ofTrunk(PairedModel model, String name) {
        return model.architecture().modalities().stream()
                .map(modality -> PairedModel.embedder(modality.name()))
                .anyMatch(role ->
                        model.architecture().network(role)
                                        instanceof TrunkAndHead(Network trunk, Network _)
                                && name.startsWith(role + TrunkAndHead.TRUNK)
                                && !trunk.startsAnew(
                                        name.substring((role + TrunkAndHead.TRUNK).length())));
    }

    /// Cos-Sim's own joint stages: the same loss on a falling rate.
    private static List<Stage> sharpened(CosSim model, PairedSettings settings) {
        Objective objective = new EmbedderObjective(model, hinge(settings), settings.bothWays());
        return hasEmbedders(model)
                ? joint(model, settings, List.of(), _ -> objective, _ -> Stage.Preparation.NONE)
                : List.of();
    }

    private static List<Stage> bottleneck(CosSimLvm model, PairedSettings settings) {
        List<CosSimLvm> sides = model.directions();
        List<String> heads = roles(sides, List.of("encoder.", "decoder."));
        Function<Boolean, Objective> objective =
                embedded ->
                        Objective.sum(
                                sides,
                                side -> new BottleneckObjective(side, hinge(settings), embedded));
        List<Stage> stages = new ArrayList<>();
        stages.add(heads("bottleneck", settings, heads, objective.apply(true)));
        stages.addAll(
                joint(
                        model,
                        settings,
                        heads,
                        _ -> objective.apply(false),
                        _ -> Stage.Preparation.NONE));
        return stages;
    }

    private static List<Stage> rivae(Rivae model, PairedSettings settings, long seed) {
        requireAligned(settings.joint());
        List<Rivae> sides = model.directions();
        List<String> heads = roles(sides, List.of("prior.", "posterior.", "decoder."));
        List<Stage> stages = new ArrayList<>();
        stages.add(
                heads(
                        "heads",
                        settings,
                        heads,
                        Objective.sum(sides, side -> RivaeObjective.heads(side, settings))));
        stages.addAll(
                joint(
                        model,
                        settings,
                        heads,
                        stage ->
                                Objective.sum(
                                        sides, side -> new RivaeObjective(side, settings, stage)),
                        stage ->
                                data -> {
                                    if (stage.align()) {
                                        Aligner.fastIca(sides, data, seed);
                                    }
                                    if (stage == settings.joint().getFirst()
                                            && hasEmbedders(model)) {
                                        sides.forEach(side ->
                                                RivaeObjective.startConstant(
                                                        side, settings, data, seed));
                                    }
                                }));
        stages.removeIf(stage -> stage.epochs() == 0);
        var linear = settings.linearStart();
        if (linear != null && !stages.isEmpty()) {
            Stage.Preparation start =
                    data -> sides.forEach(side -> LinearStart.apply(side, data, linear.ridge()));
            stages.set(0, stages.getFirst().after(start));
        }
        return stages;
    }

    /// An anchor is where z stood when it was last aligned, so there must have been such a time.
    private static void requireAligned(List<JointStage> stages) {
        boolean aligned = false;
        for (JointStage stage : stages.stream().filter(s -> s.epochs() > 0).toList()) {
            aligned |= stage.align();
            if (stage.anchor() > 0 && !aligned) {
                throw new BadInputException(
                        "anchor",
                        stage.anchor(),
                        "needs a joint stage that aligns z, this one or one before it");
            }
        }
    }

    /// Heads over embeddings that are computed once.
    private static Stage heads(
            String name, PairedSettings settings, List<String> heads, Objective objective) {
        var s = settings.heads();
        return new Stage(
                name,
                s.epochs(),
                s.batchSize(),
                List.of(new ParameterGroup(heads, s.learningRate())),
                Schedule.CONSTANT,
                Stage.DataView.EMBEDDED,
                objective,
                false,
                false,
                Stage.Preparation.NONE);
    }

    /// Everything together, stage after stage.
    private static List<Stage> joint(
            PairedModel model,
            PairedSettings settings,
            List<String> heads,
            Function<JointStage, Objective> objective,
            Function<JointStage, Stage.Preparation> preparation) {
        List<Stage> stages = new ArrayList<>();
        for (JointStage joint : settings.joint()) {
            boolean aligns = model instanceof Rivae && joint.align();
            stages.add(
                    new Stage(
                            "joint-" + (stages.size() + 1),
                            joint.epochs(),
                            joint.batchSize(),
                            groups(model, heads, joint),
                            Schedule.cosine(joint.endFactor()),
                            Stage.DataView.RAW,
                            objective.apply(joint),
                            !stages.isEmpty() && !aligns,
                            aligns,
                            preparation.apply(joint)));
        }
        return stages;
    }

    private static List<ParameterGroup> groups(
            PairedModel model, List<String> heads, JointStage joint) {
        List<ParameterGroup> groups = new ArrayList<>();
        if (!heads.isEmpty()) {
            groups.add(new ParameterGroup(heads, joint.headRate()));
        }
        if (hasEmbedders(model)) {
            groups.add(new ParameterGroup(List.of(PairedModel.EMBEDDERS), joint.embedderRate()));
            if (model instanceof Rivae) {
                groups.add(
                        new ParameterGroup(
                                roles(model.directions(), List.of(Rivae.LOG_CONSTANT)),
                                CONSTANT_RATE));
            }
        }
        return groups;
    }

    private static RetrievalHinge hinge(PairedSettings settings) {
        return new RetrievalHinge(settings.embedders().margin(), settings.negatives());
    }

    private static List<String> roles(List<? extends PairedModel> sides, List<String> names) {
        return sides.stream().flatMap(side -> names.stream().map(side::role)).toList();
    }
}
