/** Notifications of SNS and S3. Not API. */
@NullMarked
package dev.holdfast.lambda.internal.notifications;

import org.jspecify.annotations.NullMarked;
