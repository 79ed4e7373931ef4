/**
 * Fault injection for HTTP: a proxy on the loopback interface between an SDK client and a DynamoDB
 * endpoint. It drops, delays, duplicates or falsifies requests and replies, and counts requests.
 */
@NullMarked
package dev.holdfast.testkit.wire;

import org.jspecify.annotations.NullMarked;
