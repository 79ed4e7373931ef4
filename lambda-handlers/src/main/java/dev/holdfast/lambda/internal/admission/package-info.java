/**
 * Admission of work: acquires the locks that one piece of work needs and releases them. Not API.
 */
@NullMarked
package dev.holdfast.lambda.internal.admission;

import org.jspecify.annotations.NullMarked;
