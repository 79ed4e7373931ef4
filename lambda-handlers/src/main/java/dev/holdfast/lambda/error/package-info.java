/** Exceptions of the handlers. Their names are stable: Step Functions matches errors by name. */
@NullMarked
package dev.holdfast.lambda.error;

import org.jspecify.annotations.NullMarked;
