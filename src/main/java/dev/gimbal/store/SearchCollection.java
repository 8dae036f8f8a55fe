package dev.gimbal.store;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Items that are searched together.
///
/// @param id differs when a collection is deleted and made anew under the same name
/// @param modalities which its items may carry
/// @param model fingerprint of the model whose vectors are searched; `null` before one is chosen
/// @param modelVersion how often that model's description has been renewed; 0 without a model
/// @param engine which index searches it
/// @param change number of its last write; it only grows
/// @param stale whether this is how it last stood here, since the database is out of reach
public record SearchCollection(
        long id,
        String name,
        List<String> modalities,
        @Nullable String model,
        long modelVersion,
        Engine engine,
        long change,
        Instant created,
        boolean stale) {

    public SearchCollection {
        requireName(name);
        requireModalities(modalities);
        modalities = List.copyOf(modalities);
    }

    /// The same, read during an outage.
    public SearchCollection asStale() {
        return new SearchCollection(
                id, name, modalities, model, modelVersion, engine, change, created, true);
    }

    static void requireName(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new IllegalArgumentException(
                    "collection name must be 1 to 100 letters, digits, '.', '_' or '-': '%s'"
                            .formatted(name));
        }
    }

    static void requireModalities(List<String> modalities) {
        if (modalities.isEmpty() || Set.copyOf(modalities).size() != modalities.size()) {
            throw new IllegalArgumentException(
                    "modalities must be one or more distinct names: " + modalities);
        }
        modalities.forEach(SearchCollection::requireModality);
    }

    static void requireModality(String modality) {
        if (!modality.matches("[a-z][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException(
                    "modality must be lower-case letters, digits and '-': '%s'"
                            .formatted(modality));
        }
    }
}
