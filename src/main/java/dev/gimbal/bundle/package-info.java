@NullMarked
package dev.gimbal.bundle;

import org.jspecify.annotations.NullMarked;
