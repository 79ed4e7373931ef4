/** Texts of callers and of rows in log lines and messages. Not API. */
@NullMarked
package dev.holdfast.lock.internal.text;

import org.jspecify.annotations.NullMarked;
