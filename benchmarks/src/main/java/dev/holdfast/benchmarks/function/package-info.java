/** Functions that the benchmark compares. */
@NullMarked
package dev.holdfast.benchmarks.function;

import org.jspecify.annotations.NullMarked;
