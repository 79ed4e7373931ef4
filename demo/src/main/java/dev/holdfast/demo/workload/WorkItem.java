package dev.holdfast.demo.workload;

import java.time.Duration;

/**
 * Work that must be done exactly once.
 *
 * @param subject the order or report, such as {@code order-17}
 * @param step the name of the step, such as {@code pay}
 * @param id the id of every delivery of this work
 * @param duration the duration of the work
 */
public record WorkItem(String subject, String step, String id, Duration duration) {}
