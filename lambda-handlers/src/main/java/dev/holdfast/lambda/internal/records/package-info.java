/** Record lists, which the events of several triggers are. Not API. */
@NullMarked
package dev.holdfast.lambda.internal.records;

import org.jspecify.annotations.NullMarked;
