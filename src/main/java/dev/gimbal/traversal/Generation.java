package dev.gimbal.traversal;

import dev.gimbal.bundle.Manifest;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.dataset.Value;
import dev.gimbal.embedding.Embedder;
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
/// @param origin what it is drawn from
/// @param target what is drawn
/// @param variants how many
/// @param offsets knobs of the shared latent, in aggregated deviations, by name or position from 0
/// @param own fixed entries of the own latent, by position from 0, in deviations of the prior;
///   entries that are not given are drawn
/// @param step which entry of the own latent runs from [#low] to [#high] over the variants, the
///   others staying the same; `null` draws every variant anew
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
    /// @param own the own latent that it was drawn from, in deviations of the prior
    /// @param values pixels or numbers; of a text the probability of every token
    public record Variant(float[] own, float[] values) {}

    /// All drawings.
    ///
    /// @param z the shared latent that they were drawn from
    public record Result(float[] z, List<Variant> variants) {}

    /// Draws.
    ///
    /// @throws BadInputException for an unknown target, factor or entry, or an offset that is not
    ///   finite
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
        float[] z = Offsets.turned(shared(model, layout), manifest.latentSpace(target), offsets);
        List<float[]> styles = styles(layout);
        List<float[]> drawn = model.generate(target, Collections.nCopies(styles.size(), z), styles);
        List<Variant> variants = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            variants.add(new Variant(styles.get(i), drawn.get(i)));
        }
        return new Result(z, variants);
    }

    private float[] shared(Embedder model, GenerativeLayout layout) {
        return switch (origin) {
            case Origin.Observed(Map<String, Value> values) -> model.infer(target, values).mean();
            case Origin.Latent(float[] z) -> {
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
                yield z;
            }
        };
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
