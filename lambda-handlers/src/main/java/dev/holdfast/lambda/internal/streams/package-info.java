/** Batches of Kinesis and DynamoDB streams. Not API. */
@NullMarked
package dev.holdfast.lambda.internal.streams;

import org.jspecify.annotations.NullMarked;
