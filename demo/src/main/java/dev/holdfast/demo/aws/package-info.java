/**
 * The few pieces of a cloud that a run needs, on this machine: a queue, an event source mapping, an
 * event bus, sandboxes, a ledger, and what goes wrong with sandboxes.
 */
@NullMarked
package dev.holdfast.demo.aws;

import org.jspecify.annotations.NullMarked;
