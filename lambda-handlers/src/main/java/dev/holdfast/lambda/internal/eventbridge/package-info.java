/** EventBridge events and schedules. Not API. */
@NullMarked
package dev.holdfast.lambda.internal.eventbridge;

import org.jspecify.annotations.NullMarked;
