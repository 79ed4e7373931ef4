/**
 * AWS CDK constructs for Holdfast: the lock table in DynamoDB, its grants, locked functions and
 * monitoring. Locking needs {@code dynamodb:PutItem} and {@code dynamodb:DeleteItem} on the table.
 *
 * <p>Constructs read no context. All options are arguments and props.
 */
@NullMarked
package dev.holdfast.cdk;

import org.jspecify.annotations.NullMarked;
