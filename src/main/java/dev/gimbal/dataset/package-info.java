@NullMarked
package dev.gimbal.dataset;

import org.jspecify.annotations.NullMarked;
