/** Requests, rows and errors of the lock table in DynamoDB. Not API. */
@NullMarked
package dev.holdfast.lock.internal.dynamodb;

import org.jspecify.annotations.NullMarked;
