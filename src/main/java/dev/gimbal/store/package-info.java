/// The search database: collections, items with their payloads and vectors, models, long-running
/// operations and benchmark runs, in PostgreSQL. It is the system of record; every index is derived
/// from it and can be rebuilt.
///
/// Start with [dev.gimbal.store.Collections] and [dev.gimbal.store.Items]. Every write to a
/// collection takes the next number of [dev.gimbal.store.SearchCollection#change()] in its own
/// transaction, so that an index catches up by reading what has a larger number than it has seen
/// ([dev.gimbal.store.Embeddings#changes]). Without a configured data source,
/// [dev.gimbal.store.EmbeddedDatabase] runs a PostgreSQL of its own under `gimbal.home`.
@NullMarked
package dev.gimbal.store;

import org.jspecify.annotations.NullMarked;
