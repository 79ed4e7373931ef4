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
 * Finds what is wrong between a function, the event source mapping that polls a queue for it, and
 * that queue. Values that are known only at deployment are not judged.
 *
 * @param function the function
 * @param mapping what polls
 */
record QueueValidation(CfnFunction function, CfnEventSourceMapping mapping) {

  /** What AWS advises: below it, a message may come again while it is still worked on. */
  private static final int VISIBILITY_TIMEOUT_FACTOR = 6;

  /** What AWS advises; here a message that met a busy lock counts as received, too. */
  static final int MIN_RECEIVE_COUNT = 5;

  private static final int DEFAULT_FUNCTION_TIMEOUT = 3;
  private static final int DEFAULT_VISIBILITY_TIMEOUT = 30;

  /** What is wrong with the mapping and the function, whichever queue it is. */
  Stream<String> validateMapping() {
    return Stream.of(
            checkBatchItemFailures(), checkMaximumConcurrency(), checkReservedConcurrency())
        .flatMap(Optional::stream);
  }

  /** What is wrong with a queue of this app. */
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
        "%s has function response types %s: without ReportBatchItemFailures messages that met a busy"
            + " lock are deleted as if they had been handled; turn reportBatchItemFailures on",
        constructPath(mapping), types == null ? List.of() : types);
  }

  private Optional<String> checkMaximumConcurrency() {
    Object maximum =
        ResourceReferences.resolve(mapping, mapping.getScalingConfig()).get("maximumConcurrency");
    if (!(maximum instanceof Number number) || number.intValue() != 1) {
      return Optional.empty();
    }
    return finding(
        "%s has a maximum concurrency of 1, and Lambda allows 2 to 1000: leave it out, the lock"
            + " already lets one at a time work on a resource",
        constructPath(mapping));
  }

  private Optional<String> checkReservedConcurrency() {
    Number reserved = function.getReservedConcurrentExecutions();
    if (reserved == null || reserved.intValue() != 1) {
      return Optional.empty();
    }
    return finding(
        "%s has a reserved concurrency of 1 and %s polls a queue for it, more than once at a time:"
            + " what is throttled counts as received and ends among the dead letters; leave it"
            + " out, the lock already lets one at a time work on a resource",
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
        "%s hides a message for %d s, and %s works for up to %d s: a message may come again while it"
            + " is worked on; set the queue's visibility time-out to at least %d s",
        constructPath(queue), visibilityTimeout, constructPath(function), timeout, minimum);
  }

  private Optional<String> checkDeadLetterQueue(CfnQueue queue) {
    if (queue.getRedrivePolicy() == null) {
      return finding(
          "%s, which %s reads, has no dead-letter queue: a message that can never be handled comes"
              + " back until it expires; give it one, with at least %d receives",
          constructPath(queue), constructPath(function), MIN_RECEIVE_COUNT);
    }
    Map<?, ?> redrivePolicy = ResourceReferences.resolve(queue, queue.getRedrivePolicy());
    Object maxReceiveCount = redrivePolicy.get("maxReceiveCount");
    if (!(maxReceiveCount instanceof Number number) || number.intValue() >= MIN_RECEIVE_COUNT) {
      return Optional.empty();
    }
    return finding(
        "%s gives a message up after %s receives, and %s counts one for each time that it met a busy"
            + " lock: allow at least %d receives",
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
