/** Examples of docs/handlers.md, in a package of their own as in user code. */
@NullMarked
package dev.holdfast.lambda.guide;

import org.jspecify.annotations.NullMarked;
