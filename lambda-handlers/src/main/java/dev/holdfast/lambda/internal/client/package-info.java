/** DynamoDB client for Lambda functions and its priming before a snapshot. Not API. */
@NullMarked
package dev.holdfast.lambda.internal.client;

import org.jspecify.annotations.NullMarked;
