/**
 * Runs Lambda handlers without Lambda: in process, or in the real runtime client, each sandbox a
 * JVM of its own against a local Runtime API.
 */
@NullMarked
package dev.holdfast.lambda.testkit;

import org.jspecify.annotations.NullMarked;
