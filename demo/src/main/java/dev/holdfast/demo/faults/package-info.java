/** Faults that the demo injects: a killed and a frozen execution environment. */
@NullMarked
package dev.holdfast.demo.faults;

import org.jspecify.annotations.NullMarked;
