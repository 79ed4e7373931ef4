/**
 * Derives from the ledger alone which steps were completed, which were repeated and which
 * overlapped. The package does not depend on locks and does not know the holders.
 */
@NullMarked
package dev.holdfast.demo.checker;

import org.jspecify.annotations.NullMarked;
