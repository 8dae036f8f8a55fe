package dev.gimbal.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.gimbal.distribution.Constant;
import dev.gimbal.distribution.Distribution;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.TextEncoder;
import dev.gimbal.network.UnitNorm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What Cos-Sim and its latent-variable extensions share: two embedders into one space V, of unit
/// norm, and a way from the first modality to the second. A model may lead back as well, by heads
/// of its own over the same embedders and parameters.
public abstract sealed class PairedModel extends NetworkModel permits CosSim, CosSimLvm, Rivae {
    /// What names of embedders, and of their arrays, begin with.
    public static final String EMBEDDERS = "embedder.";

    private final Direction direction;

    PairedModel(Architecture architecture, Parameters parameters, Direction direction) {
        super(architecture, parameters);
        if (architecture.modalities().size() != 2) {
            throw new IllegalArgumentException(
                    architecture.family().id()
                            + " pairs 2 modalities, not "
                            + architecture.modalities().size());
        }
        this.direction = direction;
    }

    /// The way back, over the same embedders and parameters; closing it closes this model. Empty
    /// when there are no heads for it.
    public abstract Optional<? extends PairedModel> backward();

    /// Every way that this model leads, itself first.
    public abstract List<? extends PairedModel> directions();

    static <M extends PairedModel> List<M> directions(M forward, Optional<M> backward) {
        return Stream.concat(Stream.of(forward), backward.stream()).toList();
    }

    /// The name of a modality's embedder.
    public static String embedder(String modality) {
        return EMBEDDERS + modality;
    }

    /// Whether this is the way back.
    final boolean leadsBack() {
        return direction == Direction.BACKWARD;
    }

    /// The name of an array or network that belongs to this direction alone.
    public final String role(String name) {
        return direction.role(name);
    }

    /// Where a point of this direction's z lies in the target's index space.
    abstract Loci locate(NDArray z);

    /// Entries of this direction's z.
    public abstract int latentSize();

    private String modality(int place) {
        return architecture().modalities().get(place).name();
    }

    /// The query modality; x1 of the paper.
    public final String query() {
        return modality(direction == Direction.FORWARD ? 0 : 1);
    }

    /// The target modality; x2 of the paper.
    public final String target() {
        return modality(direction == Direction.FORWARD ? 1 : 0);
    }

    /// Where the mean of z of preprocessed queries lies.
    public final Loci locateMean(NDArray preprocessed) {
        return locate(inferEmbedded(embed(query(), preprocessed)).mean());
    }

    /// Loci of points that are in the target's index space already.
    public abstract Loci loci(NDArray points);

    /// What a query's embedding v1 says about z.
    public abstract Distribution inferEmbedded(NDArray v1);

    @Override
    public final Distribution infer(String target, Map<String, NDArray> observed) {
        PairedModel side = towards(target);
        NDArray x = observed.get(side.query());
        if (x == null || observed.size() != 1) {
            throw new UnsupportedQueryException(observed.keySet(), target, List.of(side.query()));
        }
        return side.inferEmbedded(embed(side.query(), preprocess(side.query(), x)));
    }

    @Override
    public final Loci locate(String target, NDArray z) {
        return towards(target).locate(z);
    }

    @Override
    public final int latentSize(String target) {
        return towards(target).latentSize();
    }

    @Override
    public final List<Way> ways() {
        return directions().stream()
                .map(side -> new Way(List.of(side.query()), side.target()))
                .toList();
    }

    @Override
    public final int indexDimension(String modality) {
        return architecture().network(embedder(modality)).outputSize();
    }

    /// The direction that leads to a target.
    ///
    /// @throws UnsupportedQueryException when none does
    public PairedModel towards(String target) {
        return directions().stream()
                .filter(side -> side.target().equals(target))
                .findFirst()
                .orElseThrow(() ->
                        new UnsupportedQueryException(List.of(query()), target, List.of(query())));
    }

    /// `v = e(x) / |e(x)|` of preprocessed values, `[batch, k]`.
    public final NDArray embed(String modality, NDArray preprocessed) {
        return UnitNorm.of(network(embedder(modality), preprocessed));
    }

    /// Small noise of given rows and columns.
    @FunctionalInterface
    public interface Perturbation {
        /// `[rows, columns]`
        NDArray of(long rows, long columns);
    }

    /// `e(x + eps)`, normalised: eps lies on the numbers of a value, or on the word vectors of a
    /// text, where it has the length of the perturbation whatever the padding.
    public final NDArray embedPerturbed(
            String modality, NDArray preprocessed, Perturbation perturbation) {
        String role = embedder(modality);
        long batch = preprocessed.getShape().get(0);
        if (architecture().network(role) instanceof TextEncoder text) {
            NDArray words = text.words(parameters(), role, preprocessed);
            NDArray eps =
                    perturbation
                            .of(batch, words.getShape().size() / batch)
                            .reshape(words.getShape())
                            .mul(onWords(preprocessed));
            return UnitNorm.of(text.encode(parameters(), role, preprocessed, words.add(eps)));
        }
        NDArray eps = perturbation.of(batch, preprocessed.getShape().get(1));
        return embed(modality, preprocessed.add(eps));
    }

    /// What keeps the length of noise on a text's words: encoders pass over padding, and noise
    /// there would be lost. `sqrt(places / present)` where a word stands and 0 elsewhere.
    ///
    /// @param ids `[batch, places]`
    /// @return `[batch, places, 1]`
    private static NDArray onWords(NDArray ids) {
        NDArray present = ids.neq(TextEncoder.PADDING).toType(DataType.FLOAT32, false);
        NDArray count = present.sum(new int[] {1}, true).maximum(1);
        NDArray scale = Constant.times(ids.getShape().get(1), count.onesLike()).div(count).sqrt();
        return present.mul(scale).expandDims(2);
    }

    @Override
    public final NDArray indexVectors(String modality, NDArray x) {
        return embed(modality, preprocess(modality, x));
    }
}
