/**
 * Says what happened from the ledger alone: which steps were done, which twice, and which two steps
 * of one subject at once. It knows nothing of locks and is not told who held one.
 */
@NullMarked
package dev.holdfast.demo.checker;

import org.jspecify.annotations.NullMarked;
