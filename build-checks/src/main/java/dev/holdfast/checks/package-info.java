/** Checks that every module's tests share: its public signatures and its package structure. */
@NullMarked
package dev.holdfast.checks;

import org.jspecify.annotations.NullMarked;
