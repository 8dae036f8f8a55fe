@NullMarked
package dev.gimbal.embedding;

import org.jspecify.annotations.NullMarked;
