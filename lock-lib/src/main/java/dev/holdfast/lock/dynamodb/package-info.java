/**
 * The lock's rows and conditions as requests of the AWS SDK's DynamoDB client, and its replies and
 * errors as the protocol's.
 *
 * <p>{@link dev.holdfast.lock.dynamodb.DynamoDbLockClient} is the entry point, {@link
 * dev.holdfast.lock.dynamodb.TableSchema} names what a table must have, {@link
 * dev.holdfast.lock.dynamodb.Fence} stops stale holders at the user's own items.
 */
@NullMarked
package dev.holdfast.lock.dynamodb;

import org.jspecify.annotations.NullMarked;
