/**
 * Faults on the wire: a proxy on the loopback interface that drops, delays, holds, repeats or
 * falsifies what passes between a real SDK client and a DynamoDB endpoint, and counts it.
 */
@NullMarked
package dev.holdfast.testkit.wire;

import org.jspecify.annotations.NullMarked;
