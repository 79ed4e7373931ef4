/** Crowds that wait for one lock: what waiting costs, and who is left out. */
@NullMarked
package dev.holdfast.testkit.crowd;

import org.jspecify.annotations.NullMarked;
