/** What a run is fed with: the same messages, events and redeliveries for the same seed. */
@NullMarked
package dev.holdfast.demo.workload;

import org.jspecify.annotations.NullMarked;
