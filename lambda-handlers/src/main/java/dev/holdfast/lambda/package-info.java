/**
 * Lambda handlers that hold a lock while they run and process each event once.
 *
 * <p>Extend {@link dev.holdfast.lambda.LockedSqsHandler}, {@link
 * dev.holdfast.lambda.LockedEventBridgeHandler}, {@link dev.holdfast.lambda.LockedSnsHandler},
 * {@link dev.holdfast.lambda.LockedS3Handler}, {@link dev.holdfast.lambda.LockedHttpHandler},
 * {@link dev.holdfast.lambda.LockedKinesisHandler}, {@link
 * dev.holdfast.lambda.LockedDynamoDbStreamHandler} or {@link dev.holdfast.lambda.LockedHandler}, or
 * use a {@link dev.holdfast.lambda.Guard} in your own handler. The base classes use the guard too.
 */
@NullMarked
package dev.holdfast.lambda;

import org.jspecify.annotations.NullMarked;
