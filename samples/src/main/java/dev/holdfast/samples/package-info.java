/** Lambda handlers as users write them, and the work that they guard. */
@NullMarked
package dev.holdfast.samples;

import org.jspecify.annotations.NullMarked;
