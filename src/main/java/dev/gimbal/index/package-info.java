/// Finds the items nearest to a point. [dev.gimbal.index.VectorIndex] is the one interface, with
/// two engines behind it, chosen per collection: [dev.gimbal.index.ExactIndex] compares every
/// vector on the device, [dev.gimbal.index.PgvectorIndex] asks HNSW graphs inside PostgreSQL.
///
/// Both answer in the units of a [dev.gimbal.family.Locus]: what is returned was scored in the form
/// that does not cancel, whatever found it. An index is derived from the store and can always be
/// rebuilt; it sees every write that was committed before the search began.
@NullMarked
package dev.gimbal.index;

import org.jspecify.annotations.NullMarked;
