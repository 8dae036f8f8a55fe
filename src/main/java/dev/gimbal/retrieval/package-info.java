/// Retrieval in three steps that every model family shares: infer z from what was observed, locate
/// z in the index space of the target modality, search there. A [dev.gimbal.retrieval.Query] says
/// what is sought, a [dev.gimbal.retrieval.Navigator] turns it into an
/// [dev.gimbal.retrieval.Anchor] (where the query stands, and whether it can be steered), and
/// [dev.gimbal.retrieval.Retriever] searches and fetches the hits. Traversals and explanations
/// start from the same anchor.
@NullMarked
package dev.gimbal.retrieval;

import org.jspecify.annotations.NullMarked;
