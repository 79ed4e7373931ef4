/** Language helpers. Not API. */
@NullMarked
package dev.holdfast.lambda.internal.util;

import org.jspecify.annotations.NullMarked;
