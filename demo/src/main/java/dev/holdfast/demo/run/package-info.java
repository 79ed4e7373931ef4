/** One run of the plan through the sandboxes, and what came of it. */
@NullMarked
package dev.holdfast.demo.run;

import org.jspecify.annotations.NullMarked;
