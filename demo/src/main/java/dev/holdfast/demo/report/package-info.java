/** Two runs side by side: as a table in the terminal, and as a page with a timeline. */
@NullMarked
package dev.holdfast.demo.report;

import org.jspecify.annotations.NullMarked;
