/** Reports of two runs: a table for the terminal and a page with timelines. */
@NullMarked
package dev.holdfast.demo.report;

import org.jspecify.annotations.NullMarked;
