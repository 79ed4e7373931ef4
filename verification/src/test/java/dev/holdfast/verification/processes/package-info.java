/** The shipped classes in JVMs of their own, which are killed and stopped. */
@NullMarked
package dev.holdfast.verification.processes;

import org.jspecify.annotations.NullMarked;
