/** Histories of several hosts, and the checker that finds contradictions in them. */
@NullMarked
package dev.holdfast.verification.history;

import org.jspecify.annotations.NullMarked;
