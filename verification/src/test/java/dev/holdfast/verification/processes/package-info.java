/** Tests of the shipped classes in separate JVMs that are killed and stopped. */
@NullMarked
package dev.holdfast.verification.processes;

import org.jspecify.annotations.NullMarked;
