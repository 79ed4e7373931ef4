/** The other half of a cycle of packages. */
@NullMarked
package dev.holdfast.checks.violations.second;

import org.jspecify.annotations.NullMarked;
