/**
 * Checks for the tests of every module: public signatures, structure, Javadoc summaries and log
 * formats.
 *
 * <p>The test of a module extends {@link dev.holdfast.checks.ModuleChecks} and inherits the checks.
 */
@NullMarked
package dev.holdfast.checks;

import org.jspecify.annotations.NullMarked;
