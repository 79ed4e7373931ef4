/** The examples of the guide to the handlers, in a package as a user's own is. */
@NullMarked
package dev.holdfast.lambda.guide;

import org.jspecify.annotations.NullMarked;
