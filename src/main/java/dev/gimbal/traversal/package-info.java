/// Turning the knobs of a query: [dev.gimbal.traversal.LatentTraversal] moves one factor at a time
/// through its range, [dev.gimbal.traversal.Manipulation] moves several at once,
/// [dev.gimbal.traversal.Explanation] says which factors bring an item near, and
/// [dev.gimbal.traversal.ContactSheet] draws a traversal as the papers do,
/// [dev.gimbal.traversal.WordClouds] and [dev.gimbal.traversal.FactorSuggestions] put it in words.
/// The unit of a knob is the factor's aggregated standard deviation over the training queries.
@NullMarked
package dev.gimbal.traversal;

import org.jspecify.annotations.NullMarked;
