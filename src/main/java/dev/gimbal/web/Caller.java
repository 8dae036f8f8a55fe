package dev.gimbal.web;

import dev.gimbal.store.ApiKey;
import java.util.List;

/// Who calls, and what they may: the bearer of a key of this service, or of a token of the issuer
/// that it trusts.
///
/// @param name as the log has it, such as `key 0123456789ab`; requests are counted by it
/// @param collections the only ones within reach; empty for all, and for what lies outside
///   collections
record Caller(String name, ApiKey.Scope scope, List<String> collections) {
    Caller {
        collections = List.copyOf(collections);
    }

    static Caller of(ApiKey key) {
        return new Caller("key " + key.id(), key.scope(), key.collections());
    }

    /// Whether they may do this.
    boolean allows(ApiKey.Scope needed) {
        return scope.compareTo(needed) >= 0;
    }

    /// Whether they are bound to certain collections.
    boolean bound() {
        return !collections.isEmpty();
    }

    /// Whether a collection is within their reach.
    boolean reaches(String collection) {
        return !bound() || collections.contains(collection);
    }
}
