/// The models of the papers. Each family infers z from a query and locates z among a target's index
/// vectors; the enum [dev.gimbal.family.Family] is their registry.
@NullMarked
package dev.gimbal.family;

import org.jspecify.annotations.NullMarked;
