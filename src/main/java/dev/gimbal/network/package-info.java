/// Encoders and decoders as data: a record says what a network is, [dev.gimbal.network.Parameters]
/// holds its weights.
@NullMarked
package dev.gimbal.network;

import org.jspecify.annotations.NullMarked;
