package dev.holdfast.demo.workload;

import java.time.Duration;

/**
 * Work that must be done exactly once.
 *
 * @param subject what is worked on, such as {@code order-17}
 * @param step what is done to it, such as {@code pay}
 * @param id the id that every delivery of it carries
 * @param duration how long the work takes
 */
public record WorkItem(String subject, String step, String id, Duration duration) {}
