/** Language helpers without a concept of their own. Not API. */
@NullMarked
package dev.holdfast.lambda.internal.util;

import org.jspecify.annotations.NullMarked;
