/** Benchmarks of a guarded invocation in comparison with a plain client. */
@NullMarked
package dev.holdfast.benchmarks;

import org.jspecify.annotations.NullMarked;
