/** The two functions that are compared: each guards its work by nothing else than it says. */
@NullMarked
package dev.holdfast.benchmarks.function;

import org.jspecify.annotations.NullMarked;
