/** JSON of Lambda's events and of stored results. Not API. */
@NullMarked
package dev.holdfast.lambda.internal.json;

import org.jspecify.annotations.NullMarked;
