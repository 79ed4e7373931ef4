/** Metrics of one invocation in CloudWatch's embedded metric format. Not API. */
@NullMarked
package dev.holdfast.lambda.internal.metrics;

import org.jspecify.annotations.NullMarked;
