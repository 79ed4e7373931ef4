/** Crowds that wait for one lock: what waiting costs, and who is left out. */
@NullMarked
package dev.holdfast.verification.contention;

import org.jspecify.annotations.NullMarked;
