/** First package of a package cycle. */
@NullMarked
package dev.holdfast.checks.violations.first;

import org.jspecify.annotations.NullMarked;
