package dev.gimbal.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Tells which operations nobody has touched for a while, by this process's steady clock alone: a
/// clock that is set, here or at the database, makes no operation look forsaken. For one thread.
final class Silence {
    /// @param touched as the database has it: any other value is a sign of life
    /// @param since when that was first seen, of [System#nanoTime()]
    private record Sighting(Instant touched, long since) {}

    private final long patience;
    private Map<UUID, Sighting> sightings = Map.of();

    Silence(Duration patience) {
        this.patience = patience.toNanos();
    }

    /// The operations that were seen with the same touch for longer than the patience.
    ///
    /// @param unfinished when each was touched last
    /// @param now of [System#nanoTime()]
    Map<UUID, Instant> after(Map<UUID, Instant> unfinished, long now) {
        Map<UUID, Sighting> seen = new HashMap<>();
        Map<UUID, Instant> silent = new HashMap<>();
        unfinished.forEach((id, touched) -> {
            Sighting before = sightings.get(id);
            Sighting sighting =
                    before != null && before.touched().equals(touched)
                            ? before
                            : new Sighting(touched, now);
            seen.put(id, sighting);
            if (now - sighting.since() >= patience) {
                silent.put(id, touched);
            }
        });
        sightings = seen;
        return silent;
    }
}
