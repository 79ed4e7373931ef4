package dev.holdfast.cdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.sqs.CfnQueue;
import software.constructs.IConstruct;

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
  Stream<String> validateMapping() {
    return Stream.of(
            checkBatchItemFailures(), checkMaximumConcurrency(), checkReservedConcurrency())
        .flatMap(Optional::stream);
  }

  /** Returns the problems of a queue that this app defines. */
  Stream<String> validateQueue(CfnQueue queue) {
    return Stream.of(checkVisibilityTimeout(queue), checkDeadLetterQueue(queue))
        .flatMap(Optional::stream);
  }

  private Optional<String> checkBatchItemFailures() {
    List<String> types = mapping.getFunctionResponseTypes();
    if (types != null && types.contains("ReportBatchItemFailures")) {
      return Optional.empty();
    }
    return finding(
        "%s must have function response type ReportBatchItemFailures, got %s: without it Lambda"
            + " deletes messages that found a busy lock; set reportBatchItemFailures to true",
        constructPath(mapping), types == null ? List.of() : types);
  }

  private Optional<String> checkMaximumConcurrency() {
    Object maximum =
        ResourceReferences.resolve(mapping, mapping.getScalingConfig()).get("maximumConcurrency");
    if (!(maximum instanceof Number number) || number.intValue() != 1) {
      return Optional.empty();
    }
    return finding(
        "%s must have a maximum concurrency from 2 to 1000, got 1: omit it; the lock already"
            + " serializes the work on each resource",
        constructPath(mapping));
  }

  private Optional<String> checkReservedConcurrency() {
    Number reserved = function.getReservedConcurrentExecutions();
    if (reserved == null || reserved.intValue() != 1) {
      return Optional.empty();
    }
    return finding(
        "%s must have a reserved concurrency above 1, got 1: %s has several pollers, and throttled"
            + " messages count as received until they are in the dead-letter queue; omit it; the"
            + " lock already serializes the work on each resource",
        constructPath(function), constructPath(mapping));
  }

  private Optional<String> checkVisibilityTimeout(CfnQueue queue) {
    int visibilityTimeout =
        secondsOrDefault(queue.getVisibilityTimeout(), DEFAULT_VISIBILITY_TIMEOUT);
    int timeout = secondsOrDefault(function.getTimeout(), DEFAULT_FUNCTION_TIMEOUT);
    int batchingWindow = secondsOrDefault(mapping.getMaximumBatchingWindowInSeconds(), 0);
    int minimum = VISIBILITY_TIMEOUT_FACTOR * timeout + batchingWindow;
    if (visibilityTimeout >= minimum) {
      return Optional.empty();
    }
    return finding(
        "%s has a visibility timeout of %d s, and %s has a timeout of %d s: a message may be"
            + " redelivered while it is processed; set the visibility timeout to at least %d s",
        constructPath(queue), visibilityTimeout, constructPath(function), timeout, minimum);
  }

  private Optional<String> checkDeadLetterQueue(CfnQueue queue) {
    if (queue.getRedrivePolicy() == null) {
      return finding(
          "%s, the event source of %s, has no dead-letter queue: a message that always fails is"
              + " redelivered until it expires; add one with a maximum receive count of at least %d",
          constructPath(queue), constructPath(function), MIN_RECEIVE_COUNT);
    }
    Map<?, ?> redrivePolicy = ResourceReferences.resolve(queue, queue.getRedrivePolicy());
    Object maxReceiveCount = redrivePolicy.get("maxReceiveCount");
    if (!(maxReceiveCount instanceof Number number) || number.intValue() >= MIN_RECEIVE_COUNT) {
      return Optional.empty();
    }
    return finding(
        "%s has a maximum receive count of %s, and %s receives a message again each time that its"
            + " lock is busy: set the maximum receive count to at least %d",
        constructPath(queue), maxReceiveCount, constructPath(function), MIN_RECEIVE_COUNT);
  }

  private static int secondsOrDefault(@Nullable Number value, int defaultValue) {
    return value == null ? defaultValue : value.intValue();
  }

  private static Optional<String> finding(String message, Object... arguments) {
    return Optional.of(String.format(Locale.ROOT, message, arguments));
  }

  private static String constructPath(IConstruct resource) {
    return TriggerValidation.constructPath(resource);
  }
}
