/** Sample Lambda handlers, and the ledger that they guard. */
@NullMarked
package dev.holdfast.samples;

import org.jspecify.annotations.NullMarked;
