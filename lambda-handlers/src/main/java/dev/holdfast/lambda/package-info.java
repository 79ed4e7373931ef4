/**
 * Lambda handlers that hold a lock while they work, and work on each event once.
 *
 * <p>Extend {@link dev.holdfast.lambda.LockedSqsHandler}, {@link
 * dev.holdfast.lambda.LockedEventBridgeHandler}, {@link dev.holdfast.lambda.LockedSnsHandler},
 * {@link dev.holdfast.lambda.LockedS3Handler}, {@link dev.holdfast.lambda.LockedHttpHandler},
 * {@link dev.holdfast.lambda.LockedKinesisHandler}, {@link
 * dev.holdfast.lambda.LockedDynamoDbStreamHandler} or {@link dev.holdfast.lambda.LockedHandler}, or
 * keep your own handler and ask a {@link dev.holdfast.lambda.Guard}, which is the whole mechanism.
 */
@NullMarked
package dev.holdfast.lambda;

import org.jspecify.annotations.NullMarked;
