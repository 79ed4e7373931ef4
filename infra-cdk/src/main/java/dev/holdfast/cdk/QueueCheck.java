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
record QueueCheck(CfnFunction function, CfnEventSourceMapping mapping) {

  /** What AWS advises: below it, a message may come again while it is still worked on. */
  private static final int VISIBILITY_IN_TIMEOUTS = 6;

  /** What AWS advises; here a message that met a busy lock counts as received, too. */
  static final int RECEIVES_MIN = 5;

  private static final int DEFAULT_TIMEOUT = 3;
  private static final int DEFAULT_VISIBILITY = 30;

  /** What is wrong with the mapping and the function, whichever queue it is. */
  Stream<String> ofMapping() {
    return Stream.of(itemFailures(), maximumConcurrency(), reservedConcurrency())
        .flatMap(Optional::stream);
  }

  /** What is wrong with a queue of this app. */
  Stream<String> of(CfnQueue queue) {
    return Stream.of(visibility(queue), deadLetters(queue)).flatMap(Optional::stream);
  }

  private Optional<String> itemFailures() {
    List<String> types = mapping.getFunctionResponseTypes();
    if (types != null && types.contains("ReportBatchItemFailures")) {
      return Optional.empty();
    }
    return finding(
        "%s has function response types %s: without ReportBatchItemFailures messages that met a busy"
            + " lock are deleted as if they had been handled; turn reportBatchItemFailures on",
        path(mapping), types == null ? List.of() : types);
  }

  private Optional<String> maximumConcurrency() {
    Object maximum =
        References.resolved(mapping, mapping.getScalingConfig()).get("maximumConcurrency");
    if (!(maximum instanceof Number number) || number.intValue() != 1) {
      return Optional.empty();
    }
    return finding(
        "%s has a maximum concurrency of 1, and Lambda allows 2 to 1000: leave it out, the lock"
            + " already lets one at a time work on a resource",
        path(mapping));
  }

  private Optional<String> reservedConcurrency() {
    Number reserved = function.getReservedConcurrentExecutions();
    if (reserved == null || reserved.intValue() != 1) {
      return Optional.empty();
    }
    return finding(
        "%s has a reserved concurrency of 1 and %s polls a queue for it, more than once at a time:"
            + " what is throttled counts as received and ends among the dead letters; leave it"
            + " out, the lock already lets one at a time work on a resource",
        path(function), path(mapping));
  }

  private Optional<String> visibility(CfnQueue queue) {
    int visibility = seconds(queue.getVisibilityTimeout(), DEFAULT_VISIBILITY);
    int timeout = seconds(function.getTimeout(), DEFAULT_TIMEOUT);
    int window = seconds(mapping.getMaximumBatchingWindowInSeconds(), 0);
    int least = VISIBILITY_IN_TIMEOUTS * timeout + window;
    if (visibility >= least) {
      return Optional.empty();
    }
    return finding(
        "%s hides a message for %d s, and %s works for up to %d s: a message may come again while it"
            + " is worked on; set the queue's visibility time-out to at least %d s",
        path(queue), visibility, path(function), timeout, least);
  }

  private Optional<String> deadLetters(CfnQueue queue) {
    if (queue.getRedrivePolicy() == null) {
      return finding(
          "%s, which %s reads, has no dead-letter queue: a message that can never be handled comes"
              + " back until it expires; give it one, with at least %d receives",
          path(queue), path(function), RECEIVES_MIN);
    }
    Map<?, ?> redrive = References.resolved(queue, queue.getRedrivePolicy());
    Object receives = redrive.get("maxReceiveCount");
    if (!(receives instanceof Number number) || number.intValue() >= RECEIVES_MIN) {
      return Optional.empty();
    }
    return finding(
        "%s gives a message up after %s receives, and %s counts one for each time that it met a busy"
            + " lock: allow at least %d receives",
        path(queue), receives, path(function), RECEIVES_MIN);
  }

  private static int seconds(@Nullable Number value, int absent) {
    return value == null ? absent : value.intValue();
  }

  private static Optional<String> finding(String message, Object... arguments) {
    return Optional.of(String.format(Locale.ROOT, message, arguments));
  }

  private static String path(IConstruct resource) {
    return SettingsCheck.path(resource);
  }
}
