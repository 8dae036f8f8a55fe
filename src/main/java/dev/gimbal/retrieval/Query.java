package dev.gimbal.retrieval;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.store.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is sought.
///
/// @param parts at least one
/// @param target modality of the hits; `null` for the one that the model finds from these parts;
///   [#ANY] for all that these parts lead to, fused by rank
/// @param k number of hits
/// @param samples number of draws from the posterior; 0 searches from its mean
/// @param seed of those draws, so that the same query has the same answer
/// @param scoreThreshold hits below it are left out; `null` for none
/// @param exact whether every item must be scored
/// @param model fingerprint that the caller relies on; `null` for the collection's active one
/// @param filter only items that meet it are searched; `null` for all
public record Query(
        List<Part> parts,
        @Nullable String target,
        int k,
        int samples,
        long seed,
        @Nullable Double scoreThreshold,
        boolean exact,
        Steering steering,
        @Nullable String model,
        @Nullable Filter filter) {

    /// The target that means every modality.
    public static final String ANY = "any";

    /// Most hits that one query may ask for.
    public static final int MAX_K = 1000;

    /// Most samples that one query may ask for.
    public static final int MAX_SAMPLES = 256;

    /// Most parts of one query.
    public static final int MAX_PARTS = 32;

    public Query {
        parts = List.copyOf(parts);
        require(
                !parts.isEmpty() && parts.size() <= MAX_PARTS,
                "query",
                parts.size() + " parts",
                "a query has 1 to " + MAX_PARTS + " parts");
        requireK(k);
        require(
                samples >= 0 && samples <= MAX_SAMPLES,
                "samples",
                samples,
                "samples must be 0 to " + MAX_SAMPLES);
        require(
                scoreThreshold == null || Double.isFinite(scoreThreshold),
                "scoreThreshold",
                String.valueOf(scoreThreshold),
                "scoreThreshold must be finite");
    }

    /// Refuses a number of hits that no query can have.
    ///
    /// @throws BadInputException naming `k`
    public static void requireK(int k) {
        require(k >= 1 && k <= MAX_K, "k", k, "k must be 1 to " + MAX_K);
    }

    /// The plain query: ten hits from the posterior's mean.
    public static Query of(Part... parts) {
        return new Query(List.of(parts), null, 10, 0, 0, null, false, Steering.LATENT, null, null);
    }

    /// The same query for another number of hits.
    public Query withK(int hits) {
        return new Query(
                parts, target, hits, samples, seed, scoreThreshold, exact, steering, model, filter);
    }

    /// The same query for another modality of hits.
    public Query withTarget(String modality) {
        return new Query(
                parts, modality, k, samples, seed, scoreThreshold, exact, steering, model, filter);
    }

    /// The same query for one target, its hits to be fused: more of them, none left out by score.
    Query towards(String modality, int depth) {
        return new Query(
                parts, modality, depth, samples, seed, null, exact, steering, model, filter);
    }

    private static void require(boolean valid, String field, Object value, String message) {
        if (!valid) {
            throw new BadInputException(field, value, message);
        }
    }
}
