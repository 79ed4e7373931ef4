/** Code that breaks the rules. */
@NullMarked
package dev.holdfast.checks.tangled;

import org.jspecify.annotations.NullMarked;
