/** A small public interface. */
@NullMarked
package dev.holdfast.checks.sample;

import org.jspecify.annotations.NullMarked;
