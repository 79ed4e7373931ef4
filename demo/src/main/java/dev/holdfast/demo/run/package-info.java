/** One run of the workload in execution environments, and its result. */
@NullMarked
package dev.holdfast.demo.run;

import org.jspecify.annotations.NullMarked;
