/**
 * Runs Lambda handlers without Lambda: in this process, or in the AWS runtime interface client.
 * Each local execution environment is a JVM with a local Runtime API.
 */
@NullMarked
package dev.holdfast.lambda.testkit;

import org.jspecify.annotations.NullMarked;
