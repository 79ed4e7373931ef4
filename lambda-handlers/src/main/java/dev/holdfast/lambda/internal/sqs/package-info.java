/** Processing of SQS batches: order groups, threads, visibility timeouts. Not API. */
@NullMarked
package dev.holdfast.lambda.internal.sqs;

import org.jspecify.annotations.NullMarked;
