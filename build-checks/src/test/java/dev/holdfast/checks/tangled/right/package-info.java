/** The other half of a cycle of packages. */
@NullMarked
package dev.holdfast.checks.tangled.right;

import org.jspecify.annotations.NullMarked;
