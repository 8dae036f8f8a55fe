package dev.gimbal.traversal;

import dev.gimbal.bundle.LatentSpace;
import dev.gimbal.bundle.Manifest;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Value;
import dev.gimbal.embedding.Embedder;
import dev.gimbal.embedding.Posterior;
import dev.gimbal.family.GenerativeLayout;
import dev.gimbal.family.UnsupportedGenerationException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Draws a modality from others (Sec. 4.3 of Lee and Pavlovic 2021): the shared latent is that of
/// what was observed, perhaps with knobs turned, and the modality's own latent, its style, is drawn
/// from the prior or stepped through.
///
/// The shared latent is the mean of what is believed of it. Where that mean supports nothing, in a
/// mixture of several components, or where nothing else would tell the variants apart, for want of
/// an own latent, only the first variant stands at a mean, that of one component, and the others
/// are samples, from one component after the other.
///
/// @param origin what it is drawn from
/// @param target what is drawn
/// @param variants how many
/// @param offsets knobs of the shared latent, in aggregated deviations, by name or position from 0
/// @param own fixed entries of the own latent, by position from 0, in deviations of the prior;
///   entries that are not given are drawn
/// @param step which entry of the own latent runs from [#low] to [#high] over the variants, the
///   others and the shared latent staying the same; `null` draws every variant anew
/// @param low in deviations of the prior
/// @param high likewise
/// @param seed of what is drawn
public record Generation(
        Origin origin,
        String target,
        int variants,
        Map<String, Double> offsets,
        Map<Integer, Double> own,
        @Nullable Integer step,
        double low,
        double high,
        long seed) {
    /// Most variants of one request.
    public static final int MOST = 64;

    /// Where the shared latent comes from.
    public sealed interface Origin {

        /// It is inferred from these modalities, at least one.
        record Observed(Map<String, Value> values) implements Origin {
            public Observed {
                values = Map.copyOf(values);
                if (values.isEmpty()) {
                    throw new BadInputException(
                            "inputs", "none", "give at least one modality to draw from");
                }
            }
        }

        /// It is there already, such as that of a query of several weighted parts.
        record Latent(float[] z) implements Origin {}
    }

    public Generation {
        offsets = Map.copyOf(offsets);
        own = Map.copyOf(own);
        if (variants < 1 || variants > MOST) {
            throw new BadInputException("variants", variants, "must lie between 1 and " + MOST);
        }
        Offsets.requireRange(low, high);
    }

    /// One drawing.
    ///
    /// @param z the shared latent that it was drawn from, with the knobs turned
    /// @param own the own latent likewise, in deviations of the prior
    /// @param values pixels or numbers; of a text the probability of every token
    public record Variant(float[] z, float[] own, float[] values) {}

    /// All drawings.
    public record Result(List<Variant> variants) {
        public Result {
            variants = List.copyOf(variants);
        }
    }

    /// Draws.
    ///
    /// @throws BadInputException for an unknown target, factor or entry, an offset that is not
    ///   finite, or several variants that nothing tells apart
    public Result run(Embedder model) {
        Manifest manifest = model.manifest();
        GenerativeLayout layout = manifest.architecture().generative();
        if (layout == null) {
            throw new UnsupportedGenerationException(manifest.family());
        }
        if (!layout.likelihoods().containsKey(target)) {
            throw new BadInputException(
                    "target",
                    target,
                    "unknown modality, known are %s".formatted(layout.likelihoods().keySet()));
        }
        List<float[]> styles = styles(layout);
        LatentSpace space = manifest.latentSpace(target);
        List<float[]> shared =
                shared(model, layout).stream().map(z -> Offsets.turned(z, space, offsets)).toList();
        List<float[]> drawn = model.generate(target, shared, styles);
        List<Variant> drawings = new ArrayList<>();
        for (int i = 0; i < variants; i++) {
            drawings.add(new Variant(shared.get(i), styles.get(i), drawn.get(i)));
        }
        return new Result(drawings);
    }

    /// The shared latent of each variant.
    private List<float[]> shared(Embedder model, GenerativeLayout layout) {
        boolean styled = own.size() < layout.ownSize(target);
        return switch (origin) {
            case Origin.Observed(Map<String, Value> values) ->
                    believed(model.infer(target, values), styled);
            case Origin.Latent(float[] z) -> {
                requirePoint(z, layout);
                if (variants > 1 && !styled && step == null) {
                    throw new BadInputException(
                            "variants",
                            variants,
                            "all would be the same: z is one point, and '%s' has no entry of its own that varies"
                                    .formatted(target));
                }
                yield Collections.nCopies(variants, z);
            }
        };
    }

    /// @param styled whether the target has a latent of its own that is not held whole
    private List<float[]> believed(Posterior belief, boolean styled) {
        SplittableRandom random = new SplittableRandom(seed).split();
        List<Posterior> parts = belief.strata(variants, random);
        float[] first = parts.getFirst().mean();
        if (step != null || (styled && belief.parts().size() == 1)) {
            return Collections.nCopies(variants, first);
        }
        List<float[]> shared = new ArrayList<>(List.of(first));
        for (Posterior part : parts.subList(1, variants)) {
            shared.add(part.sample(random));
        }
        return shared;
    }

    private static void requirePoint(float[] z, GenerativeLayout layout) {
        if (z.length != layout.shared()) {
            throw new BadInputException(
                    "z",
                    z.length + " numbers",
                    "the shared latent has %d entries".formatted(layout.shared()));
        }
        for (int j = 0; j < z.length; j++) {
            if (!Float.isFinite(z[j])) {
                throw new BadInputException("z[" + j + "]", z[j], "must be finite");
            }
        }
    }

    private List<float[]> styles(GenerativeLayout layout) {
        int size = layout.ownSize(target);
        own.forEach((place, value) -> {
            requireEntry("own." + place, place, size);
            Offsets.requireNear("own." + place, value);
        });
        if (step != null) {
            requireEntry("step", step, size);
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<float[]> styles = new ArrayList<>();
        float[] first = layout.prior(size, random);
        for (int i = 0; i < variants; i++) {
            float[] style = i == 0 || step != null ? first.clone() : layout.prior(size, random);
            own.forEach((place, value) -> style[place] = value.floatValue());
            if (step != null) {
                double share = variants == 1 ? 0.5 : i / (variants - 1.0);
                style[step] = (float) (low + share * (high - low));
            }
            styles.add(style);
        }
        return styles;
    }

    private static void requireEntry(String field, int place, int size) {
        if (place < 0 || place >= size) {
            throw new BadInputException(
                    field, place, "this modality's own latent has %d entries".formatted(size));
        }
    }
}
