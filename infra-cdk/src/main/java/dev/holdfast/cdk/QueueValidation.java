package dev.holdfast.cdk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.sqs.CfnQueue;

/**
 * Validation of a function, the event source mapping of a queue, and the queue. Values that are
 * known only at deployment are not checked.
 *
 * @param function the function
 * @param mapping the event source mapping
 */
record QueueValidation(CfnFunction function, CfnEventSourceMapping mapping) {

  /**
   * Factor that AWS recommends. With a shorter visibility timeout, a message may be redelivered
   * while it is still processed.
   */
  private static final int VISIBILITY_TIMEOUT_FACTOR = 6;

  /** Minimum that AWS recommends. A message that finds a busy lock also counts as received. */
  static final int MIN_RECEIVE_COUNT = 5;

  private static final int DEFAULT_FUNCTION_TIMEOUT = 3;
  private static final int DEFAULT_VISIBILITY_TIMEOUT = 30;

  /** Returns the problems of the mapping and the function, for any queue. */
  Stream<Finding> validateMapping() {
    return Stream.of(
            checkBatchItemFailures(), checkMaximumConcurrency(), checkReservedConcurrency())
        .flatMap(Optional::stream);
  }

  /** Returns the problems of a queue that this app defines. */
  Stream<Finding> validateQueue(CfnQueue queue) {
    return Stream.of(checkVisibilityTimeout(queue), checkDeadLetterQueue(queue))
        .flatMap(Optional::stream);
  }

  private Optional<Finding> checkBatchItemFailures() {
    List<String> types = mapping.getFunctionResponseTypes();
    if (types != null && types.contains("ReportBatchItemFailures")) {
      return Optional.empty();
    }
    return finding(
        "batch-item-failures",
        "%s must have function response type ReportBatchItemFailures, got %s: without it Lambda"
            + " deletes messages that found a busy lock; set reportBatchItemFailures to true",
        ConstructPath.of(mapping),
        types == null ? List.of() : types);
  }

  private Optional<Finding> checkMaximumConcurrency() {
    Object maximum =
        ResourceReferences.resolve(mapping, mapping.getScalingConfig()).get("maximumConcurrency");
    if (!(maximum instanceof Number number) || number.intValue() != 1) {
      return Optional.empty();
    }
    return finding(
        "maximum-concurrency",
        "%s must have a maximum concurrency from 2 to 1000, got 1: omit it; the lock already"
            + " serializes the work on each resource",
        ConstructPath.of(mapping));
  }

  private Optional<Finding> checkReservedConcurrency() {
    Number reserved = function.getReservedConcurrentExecutions();
    if (reserved == null || reserved.intValue() != 1) {
      return Optional.empty();
    }
    return finding(
        "reserved-concurrency",
        "%s must have a reserved concurrency above 1, got 1: %s has several pollers, and throttled"
            + " messages count as received until they are in the dead-letter queue; omit it; the"
            + " lock already serializes the work on each resource",
        ConstructPath.of(function),
        ConstructPath.of(mapping));
  }

  private Optional<Finding> checkVisibilityTimeout(CfnQueue queue) {
    int visibilityTimeout =
        secondsOrDefault(queue.getVisibilityTimeout(), DEFAULT_VISIBILITY_TIMEOUT);
    int timeout = secondsOrDefault(function.getTimeout(), DEFAULT_FUNCTION_TIMEOUT);
    int batchingWindow = secondsOrDefault(mapping.getMaximumBatchingWindowInSeconds(), 0);
    int minimum = VISIBILITY_TIMEOUT_FACTOR * timeout + batchingWindow;
    if (visibilityTimeout >= minimum) {
      return Optional.empty();
    }
    return finding(
        "visibility-timeout",
        "%s has a visibility timeout of %d s, and %s has a timeout of %d s: a message may be"
            + " redelivered while it is processed; set the visibility timeout to at least %d s",
        ConstructPath.of(queue),
        visibilityTimeout,
        ConstructPath.of(function),
        timeout,
        minimum);
  }

  private Optional<Finding> checkDeadLetterQueue(CfnQueue queue) {
    if (queue.getRedrivePolicy() == null) {
      return finding(
          "dead-letter-queue",
          "%s, the event source of %s, has no dead-letter queue: a message that always fails is"
              + " redelivered until it expires; add one with a maximum receive count of at least %d",
          ConstructPath.of(queue),
          ConstructPath.of(function),
          MIN_RECEIVE_COUNT);
    }
    Map<?, ?> redrivePolicy = ResourceReferences.resolve(queue, queue.getRedrivePolicy());
    Object maxReceiveCount = redrivePolicy.get("maxReceiveCount");
    if (!(maxReceiveCount instanceof Number number) || number.intValue() >= MIN_RECEIVE_COUNT) {
      return Optional.empty();
    }
    return finding(
        "max-receive-count",
        "%s has a maximum receive count of %s, and %s receives a message again each time that its"
            + " lock is busy: set the maximum receive count to at least %d",
        ConstructPath.of(queue),
        maxReceiveCount,
        ConstructPath.of(function),
        MIN_RECEIVE_COUNT);
  }

  private static int secondsOrDefault(@Nullable Number value, int defaultValue) {
    return value == null ? defaultValue : value.intValue();
  }

  private static Optional<Finding> finding(String rule, String message, Object... arguments) {
    return Optional.of(Finding.of(rule, message, arguments));
  }
}
