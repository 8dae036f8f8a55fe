package dev.gimbal.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who calls, and what they may. The secret is not in it.
///
/// @param id public part of the key
/// @param name what its owner calls it
/// @param collections the only ones that it reaches; empty for all, and for what lies outside
///   collections
/// @param revoked since when it no longer counts; `null` while it does
public record ApiKey(
        String id,
        String name,
        Scope scope,
        List<String> collections,
        Instant created,
        @Nullable Instant revoked) {
    private static final int LONGEST_NAME = 200;

    public ApiKey {
        requireName(name);
        collections = List.copyOf(collections);
        collections.forEach(SearchCollection::requireName);
    }

    /// What a key lets its bearer do; each includes those before it.
    public enum Scope {
        /// Queries, and looking at things.
        READ,
        /// Writing and deleting items.
        WRITE,
        /// Collections, models, benchmarks, keys.
        ADMIN
    }

    /// Whether it is bound to certain collections.
    public boolean bound() {
        return !collections.isEmpty();
    }

    static void requireName(String name) {
        Texts.require("name of a key", name);
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "name of a key must have 1 to " + LONGEST_NAME + " characters");
        }
    }
}
