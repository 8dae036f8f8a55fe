/// Metrics, one file each, computed from ranks, scores, correlation tables or codes in plain
/// arrays, never from a model: what a number means can be read, and tested, without one.
///
/// Retrieval: [dev.gimbal.metric.Ranks], then [dev.gimbal.metric.RetrievalMetric] for what is made
/// of them. Latent factors: [dev.gimbal.metric.Dci] from a table of traversal correlations
/// ([dev.gimbal.metric.TraversalCorrelation]) and [dev.gimbal.metric.ImportanceWeightedDci] from
/// codes and true factors. Generation: [dev.gimbal.metric.CrossCoherence] and
/// [dev.gimbal.metric.JointCoherence] from what oracles say, and
/// [dev.gimbal.metric.ImportanceWeightedLikelihood]. Classes: [dev.gimbal.metric.LatentAccuracy],
/// [dev.gimbal.metric.ClassPrecisionAtK], [dev.gimbal.metric.RankOne].
/// [dev.gimbal.metric.Bootstrap] says how far a small test set can be trusted.
@NullMarked
package dev.gimbal.metric;

import org.jspecify.annotations.NullMarked;
