/** Threads and waiting conditions of the demo. */
@NullMarked
package dev.holdfast.demo.concurrent;

import org.jspecify.annotations.NullMarked;
