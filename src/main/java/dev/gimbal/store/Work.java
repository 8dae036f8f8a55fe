package dev.gimbal.store;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What an operation does.
@FunctionalInterface
public interface Work {

    /// Does it.
    ///
    /// @return what is kept as the operation's result
    /// @throws Exception for any failure; its message is kept as the operation's error
    @Nullable JsonNode run(Progress progress) throws Exception;
}
