/** The command line: lock tables and the locks in them, for people. */
@NullMarked
package dev.holdfast.cli;

import org.jspecify.annotations.NullMarked;
