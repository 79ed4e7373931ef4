/**
 * DynamoDB Local server in this JVM, for tests with HTTP between the SDK and the table. DynamoDB
 * Local is an optional dependency. To use this package, add {@code
 * software.amazon.dynamodb:DynamoDBLocal} to the test class path.
 */
@NullMarked
package dev.holdfast.testkit.local;

import org.jspecify.annotations.NullMarked;
