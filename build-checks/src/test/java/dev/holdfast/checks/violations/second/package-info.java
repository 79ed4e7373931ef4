/** Second package of a package cycle. */
@NullMarked
package dev.holdfast.checks.violations.second;

import org.jspecify.annotations.NullMarked;
