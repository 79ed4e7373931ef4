/** Engine that runs the protocol: attempts, wait queues, renewals, transfers. Not API. */
@NullMarked
package dev.holdfast.lock.internal.engine;

import org.jspecify.annotations.NullMarked;
