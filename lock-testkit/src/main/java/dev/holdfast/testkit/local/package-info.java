/**
 * A DynamoDB Local server inside this JVM, for tests that want real HTTP between the SDK and the
 * table. DynamoDB Local is an optional dependency: whoever uses this package adds {@code
 * software.amazon.dynamodb:DynamoDBLocal} to the test class path.
 */
@NullMarked
package dev.holdfast.testkit.local;

import org.jspecify.annotations.NullMarked;
