/// The command line: one class for each job.
@NullMarked
package dev.gimbal.command;

import org.jspecify.annotations.NullMarked;
