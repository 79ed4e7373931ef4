/** One half of a cycle of packages. */
@NullMarked
package dev.holdfast.checks.tangled.left;

import org.jspecify.annotations.NullMarked;
