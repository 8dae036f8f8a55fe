@NullMarked
package dev.gimbal.family;

import org.jspecify.annotations.NullMarked;
