/** Code that violates the rules. */
@NullMarked
package dev.holdfast.checks.violations;

import org.jspecify.annotations.NullMarked;
