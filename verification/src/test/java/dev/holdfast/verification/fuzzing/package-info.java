/** Tests of rows that no lock wrote, drawn from a seed. */
@NullMarked
package dev.holdfast.verification.fuzzing;

import org.jspecify.annotations.NullMarked;
