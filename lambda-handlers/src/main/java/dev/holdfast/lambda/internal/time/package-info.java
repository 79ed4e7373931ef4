/** Time budget of one invocation. Not API. */
@NullMarked
package dev.holdfast.lambda.internal.time;

import org.jspecify.annotations.NullMarked;
