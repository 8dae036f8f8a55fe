package dev.gimbal.embedding;

import ai.djl.engine.Engine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the engine ready beside whatever else a service starts with: its native libraries are
/// unpacked at the very first start, which takes seconds, and are loaded at every one.
public final class EngineStart {
    private static final Logger LOG = LoggerFactory.getLogger(EngineStart.class);

    private EngineStart() {}

    /// Begins, in a thread of its own. Whoever needs the engine meanwhile waits for it.
    public static void begin() {
        Thread.ofPlatform().daemon().name("engine-start").start(EngineStart::load);
    }

    private static void load() {
        try {
            Engine.getInstance();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("the engine does not start: {}", e.toString());
        }
    }
}
