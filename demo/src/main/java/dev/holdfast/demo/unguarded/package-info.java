/** Handlers that do the work of the samples without a lock. */
@NullMarked
package dev.holdfast.demo.unguarded;

import org.jspecify.annotations.NullMarked;
