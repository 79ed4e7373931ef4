/** Resource ids, event ids and the lock keys made of them. Not API. */
@NullMarked
package dev.holdfast.lambda.internal.keys;

import org.jspecify.annotations.NullMarked;
