/** Shows what the lock is for: real handlers in real sandboxes, with it and without it. */
@NullMarked
package dev.holdfast.demo;

import org.jspecify.annotations.NullMarked;
