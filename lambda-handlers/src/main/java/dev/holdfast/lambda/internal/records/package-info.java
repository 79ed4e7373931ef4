/** Events that are lists of records, shared by several triggers. Not API. */
@NullMarked
package dev.holdfast.lambda.internal.records;

import org.jspecify.annotations.NullMarked;
