/**
 * Local counterparts of the AWS services that a run needs: a queue, an event source mapping, an
 * event bus and execution environments.
 */
@NullMarked
package dev.holdfast.demo.aws;

import org.jspecify.annotations.NullMarked;
