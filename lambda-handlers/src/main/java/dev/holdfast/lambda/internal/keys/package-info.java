/** Resource ids, event ids and the lock keys that they form. Not API. */
@NullMarked
package dev.holdfast.lambda.internal.keys;

import org.jspecify.annotations.NullMarked;
