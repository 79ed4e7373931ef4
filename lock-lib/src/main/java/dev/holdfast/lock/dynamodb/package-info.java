/**
 * Lock client for DynamoDB, and fences for your own items in DynamoDB.
 *
 * <p>{@link dev.holdfast.lock.dynamodb.DynamoDbLockClient} is the entry point. {@link
 * dev.holdfast.lock.dynamodb.TableSchema} names the schema of a lock table. {@link
 * dev.holdfast.lock.dynamodb.Fence} stops stale holders at your own items.
 */
@NullMarked
package dev.holdfast.lock.dynamodb;

import org.jspecify.annotations.NullMarked;
