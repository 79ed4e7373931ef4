/**
 * Checks that every module's tests share: its list of public signatures and its package structure.
 *
 * <p>A module's test extends {@link dev.holdfast.checks.ModuleChecks} and inherits them.
 */
@NullMarked
package dev.holdfast.checks;

import org.jspecify.annotations.NullMarked;
