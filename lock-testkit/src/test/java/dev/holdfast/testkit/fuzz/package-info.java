/** Rows that no lock wrote, drawn from a seed. */
@NullMarked
package dev.holdfast.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
