/** A small public interface. */
@NullMarked
package dev.holdfast.checks.open;

import org.jspecify.annotations.NullMarked;
