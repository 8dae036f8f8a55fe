package dev.gimbal.store;

import java.util.concurrent.CancellationException;

/// How work under way tells where it stands, and learns that it should stop.
public interface Progress {

    /// Tells how far the work is; cheap enough to call for every unit.
    ///
    /// @param total 0 while unknown
    void report(long done, long total);

    /// Whether somebody asked to stop.
    boolean cancelled();

    /// Stops here when somebody asked for it.
    ///
    /// @throws CancellationException then
    default void checkCancelled() {
        if (cancelled()) {
            throw new CancellationException("cancelled on request");
        }
    }
}
