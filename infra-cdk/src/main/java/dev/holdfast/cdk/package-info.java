/**
 * AWS CDK constructs for Holdfast: the DynamoDB table that holds the locks, and the permission to
 * lock, which is exactly {@code dynamodb:PutItem} and {@code dynamodb:DeleteItem} on that table.
 *
 * <p>Constructs here read no context: everything comes in as arguments and props.
 */
@NullMarked
package dev.holdfast.cdk;

import org.jspecify.annotations.NullMarked;
