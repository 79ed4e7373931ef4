/** What a guarded invocation costs, side by side with the plain client in one run. */
@NullMarked
package dev.holdfast.benchmarks;

import org.jspecify.annotations.NullMarked;
