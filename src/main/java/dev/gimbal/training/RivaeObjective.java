package dev.gimbal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.gimbal.distribution.DiagonalGaussian;
import dev.gimbal.family.Rivae;
import dev.gimbal.objective.ConditionalElbo;
import dev.gimbal.objective.ConstantDecoderJacobian;
import dev.gimbal.objective.JacobianRegularizer;
import dev.gimbal.objective.Loss;
import dev.gimbal.objective.RetrievalHinge;
import dev.gimbal.objective.TotalCorrelation;
import dev.gimbal.objective.Whitening;
import dev.gimbal.training.PairedSettings.JointStage;
import dev.gimbal.training.PairedSettings.RetrievalLatent;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// Eq. 12 of Kim et al. 2020, `L_LB(Lambda) + L_Retr(Lambda, W) + lambda_Reg L_Reg(W)`, with the
/// penalties that keep the chart of z flat and its axes independent.
///
/// As the equation's arguments say, the bound updates the heads only: embeddings enter it detached.
///
/// @param stage what changes from stage to stage
record RivaeObjective(Rivae model, PairedSettings settings, JointStage stage) implements Objective {
    private static final RetrievalHinge HARDEST =
            new RetrievalHinge(1, RetrievalHinge.Negatives.HARDEST);
    private static final int CONSTANT_SAMPLE = 256;
    private static final TotalCorrelation TOTAL_CORRELATION = new TotalCorrelation(24);

    @Override
    public Loss of(Batch batch) {
        NDArray x2 = batch.value(model.target());
        NDArray v1 = model.embed(model.query(), batch.value(model.query()));
        NDArray v2 = model.embed(model.target(), x2);
        double eta = stage.etaFrom() * Math.pow(stage.etaTo() / stage.etaFrom(), batch.progress());
        DiagonalGaussian prior = model.prior(v1, stage.deviationLow(), stage.deviationHigh());
        Loss loss =
                bound(batch, v1.stopGradient(), v2.stopGradient(), eta)
                        .add(
                                "retrieval",
                                settings.penalties().retrievalWeight(),
                                retrieval(batch, prior, v1, v2, eta))
                        .add(
                                "whitening",
                                settings.penalties().whitening(),
                                Whitening.of(prior.mean()));
        if (stage.decoderJacobian() > 0) {
            loss.add("decoderJacobian", stage.decoderJacobian(), decoderJacobian(prior));
        }
        if (stage.totalCorrelation() > 0) {
            loss.add(
                    "totalCorrelation",
                    stage.totalCorrelation(),
                    TOTAL_CORRELATION.of(prior.mean(), batch.random()));
        }
        if (stage.anchor() > 0) {
            loss.add(
                    "anchor",
                    stage.anchor(),
                    anchor(prior, batch.value(model.role(Anchor.COLUMN))));
        }
        double weight = settings.penalties().embedderJacobian();
        return weight > 0 && Plans.hasEmbedders(model)
                ? loss.add("embedderJacobian", weight, embedderJacobian(batch, x2, v2))
                : loss;
    }

    /// The stage of the heads: the bound and the penalties, over embeddings.
    static Objective heads(Rivae model, PairedSettings settings) {
        var s = settings.heads();
        JointStage stage =
                new JointStage(
                        s.epochs(),
                        s.batchSize(),
                        false,
                        s.eta(),
                        s.eta(),
                        s.deviationLow(),
                        s.deviationHigh(),
                        s.learningRate(),
                        s.learningRate(),
                        1,
                        settings.penalties().decoderJacobian(),
                        0,
                        0);
        RivaeObjective objective = new RivaeObjective(model, settings, stage);
        return batch -> {
            NDArray v1 = batch.value(model.query());
            DiagonalGaussian prior = model.prior(v1, s.deviationLow(), s.deviationHigh());
            Loss loss =
                    objective
                            .bound(batch, v1, batch.value(model.target()), s.eta())
                            .add(
                                    "whitening",
                                    settings.penalties().whitening(),
                                    Whitening.of(prior.mean()));
            return stage.decoderJacobian() > 0
                    ? loss.add(
                            "decoderJacobian",
                            stage.decoderJacobian(),
                            objective.decoderJacobian(prior))
                    : loss;
        };
    }

    private Loss bound(Batch batch, NDArray v1, NDArray v2, double eta) {
        double low = stage.deviationLow();
        double high = stage.deviationHigh();
        DiagonalGaussian posterior = model.posterior(v1, v2, low / 2, high);
        NDArray z = posterior.sample(noise(batch, posterior));
        NDArray logLikelihood = model.decode(z, eta).pairwise(v2);
        NDArray elbo = ConditionalElbo.of(logLikelihood, posterior, model.prior(v1, low, high));
        return new Loss().add("negativeElbo", 1, elbo.neg());
    }

    private NDArray retrieval(
            Batch batch, DiagonalGaussian prior, NDArray v1, NDArray v2, double eta) {
        DiagonalGaussian from =
                settings.retrievalLatent() == RetrievalLatent.PRIOR
                        ? prior
                        : model.posterior(v1, v2, stage.deviationLow() / 2, stage.deviationHigh());
        NDArray scores = model.decode(from.sample(noise(batch, from)), eta).scores(v2);
        RetrievalHinge hinge =
                settings.negatives() == RetrievalHinge.Negatives.HARDEST
                        ? HARDEST
                        : new RetrievalHinge(1, settings.negatives());
        return hinge.of(scores, batch.random());
    }

    /// `E |mu - mu_anchor|^2`: the chart stays the one that was aligned, while retrieval sharpens.
    private static NDArray anchor(DiagonalGaussian prior, NDArray anchor) {
        return prior.mean().sub(anchor).square().sum(new int[] {1}).mean();
    }

    private NDArray decoderJacobian(DiagonalGaussian prior) {
        return ConstantDecoderJacobian.of(
                z -> model.decode(z, 1).points(), prior.mean(), settings.penalties().decoderStep());
    }

    private NDArray embedderJacobian(Batch batch, NDArray x2, NDArray v2) {
        double length = settings.penalties().perturbation();
        NDArray near =
                model.embedPerturbed(
                        model.target(),
                        x2,
                        (rows, columns) -> batch.perturbation(rows, columns, length));
        return JacobianRegularizer.relative(
                v2, near, length, model.parameters().get(model.role(Rivae.LOG_CONSTANT)));
    }

    /// Starts `log c` of the regulariser at the mean of the present embedder's changes, `c = E x`:
    /// near where the relative regulariser is least, `c = E x^2 / E x`, which training then finds.
    static void startConstant(Rivae model, PairedSettings settings, TrainingData data, long seed) {
        int sample = Math.min(CONSTANT_SAMPLE, data.size());
        int[] first = IntStream.range(0, sample).toArray();
        double length = settings.penalties().perturbation();
        try (NDManager manager = model.manager().newSubManager()) {
            Batch batch =
                    data.batch(
                            manager,
                            first,
                            0,
                            sample,
                            RandomGeneratorFactory.of("L64X128MixRandom").create(seed),
                            0);
            NDArray x2 = batch.value(model.target());
            NDArray change =
                    JacobianRegularizer.change(
                            model.embed(model.target(), x2),
                            model.embedPerturbed(
                                    model.target(),
                                    x2,
                                    (rows, columns) -> batch.perturbation(rows, columns, length)),
                            length);
            model.parameters()
                    .get(model.role(Rivae.LOG_CONSTANT))
                    .set(new float[] {(float) Math.log(change.mean().getFloat())});
        }
    }

    private static NDArray noise(Batch batch, DiagonalGaussian of) {
        return batch.noise(of.mean().getShape().get(0), of.mean().getShape().get(1));
    }
}
