/** Sample of a public API. */
@NullMarked
package dev.holdfast.checks.sample;

import org.jspecify.annotations.NullMarked;
