/** The samples' work without a lock, to see what happens then. */
@NullMarked
package dev.holdfast.demo.unguarded;

import org.jspecify.annotations.NullMarked;
