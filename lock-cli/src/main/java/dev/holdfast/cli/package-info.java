/** Command line that manages lock tables and shows their locks. */
@NullMarked
package dev.holdfast.cli;

import org.jspecify.annotations.NullMarked;
