package dev.holdfast.demo.checker;

/**
 * Two attempts on one subject at the same time.
 *
 * @param first the one that began first
 * @param second the one that began before the first had ended
 */
public record Overlap(Attempt first, Attempt second) {}
