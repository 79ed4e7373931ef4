/** One half of a cycle of packages. */
@NullMarked
package dev.holdfast.checks.violations.first;

import org.jspecify.annotations.NullMarked;
