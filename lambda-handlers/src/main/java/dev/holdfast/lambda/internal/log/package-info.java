/** The logging context (MDC). Not API. */
@NullMarked
package dev.holdfast.lambda.internal.log;

import org.jspecify.annotations.NullMarked;
