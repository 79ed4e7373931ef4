/** Messages, events and redeliveries of a run; equal seeds give equal workloads. */
@NullMarked
package dev.holdfast.demo.workload;

import org.jspecify.annotations.NullMarked;
