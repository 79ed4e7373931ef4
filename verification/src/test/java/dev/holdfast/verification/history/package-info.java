/** What several hosts say of their locks, and a checker of whether it can all be true. */
@NullMarked
package dev.holdfast.verification.history;

import org.jspecify.annotations.NullMarked;
