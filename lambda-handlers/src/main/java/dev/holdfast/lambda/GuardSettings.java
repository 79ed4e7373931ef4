package dev.holdfast.lambda;

import dev.holdfast.lambda.internal.admission.DeduplicationSettings;
import dev.holdfast.lambda.internal.admission.GuardConfig;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.time.RenewalSettings;
import dev.holdfast.lambda.model.LockLossPolicy;
import dev.holdfast.lambda.model.LockMetric;
import dev.holdfast.lock.PayloadMismatchException;
import dev.holdfast.lock.TimeSource;
import java.time.Duration;

/** Options of a {@link Guard}. Immutable; each method returns a changed guard. */
public abstract sealed class GuardSettings permits Guard {
  private final GuardConfig config;

  GuardSettings(GuardConfig config) {
    this.config = config;
  }

  abstract Guard with(GuardConfig changed);

  final GuardConfig config() {
    return config;
  }

  /**
   * Keeps an idempotency record of each completed event, so that it is processed once within the
   * retention.
   *
   * @param retention from 1 s to 3,660 days; longer than the trigger may deliver an event again
   * @return a changed guard
   */
  public Guard deduplicating(Duration retention) {
    return with(config.with(DeduplicationSettings.withoutResults(retention)));
  }

  /**
   * Keeps an idempotency record of each completed event with its result, for handlers and calls
   * that have a result. A duplicate receives the stored result. An event with the same event id and
   * another payload receives a {@link PayloadMismatchException}, or the status 422.
   *
   * @param retention from 1 s to 3,660 days; longer than the caller may send an event again
   * @param maxBytes the largest result that is stored, from 1 to 358,400 bytes; each duplicate
   *     costs one write unit for each KiB of the result
   * @return a changed guard
   */
  public Guard storingResults(Duration retention, int maxBytes) {
    return with(config.with(DeduplicationSettings.withResults(retention, maxBytes)));
  }

  /**
   * Sets the consumer that idempotency records belong to. Two consumers both process the same
   * event. The default is the name of the function, for all of its versions and aliases.
   *
   * @param name not empty; functions with the same name share their idempotency records
   * @return a changed guard
   */
  public Guard consumer(String name) {
    return with(config.with(config.keySettings().withConsumer(name)));
  }

  /**
   * Sets the prefix of all keys that this guard writes.
   *
   * @param prefix the prefix, which may be empty
   * @return a changed guard
   */
  public Guard keyPrefix(String prefix) {
    return with(config.with(config.keySettings().withPrefix(prefix)));
  }

  /**
   * Sets the time for which an execution environment may run after its deadline. The lease is
   * longer by this time.
   *
   * @param timeoutGrace from 0 to 24 h; the default is 1 s
   * @return a changed guard
   */
  public Guard timeoutGrace(Duration timeoutGrace) {
    return with(config.with(config.timeBudget().withTimeoutGrace(timeoutGrace)));
  }

  /**
   * Sets the time that the work needs. Work is not started if less time remains.
   *
   * @param minRemainingTime from 0 to 24 h; the default is 500 ms
   * @return a changed guard
   */
  public Guard minRemainingTime(Duration minRemainingTime) {
    return with(config.with(config.timeBudget().withMinRemainingTime(minRemainingTime)));
  }

  /**
   * Sets the longest wait for a busy lock. By default, the guard waits as long as enough time for
   * the work remains.
   *
   * @param maxWait from 0 to 24 h
   * @return a changed guard
   */
  public Guard maxWait(Duration maxWait) {
    return with(config.with(config.timeBudget().withMaxWait(maxWait)));
  }

  /**
   * Uses short leases that are renewed while the work runs. After a crash, a lock becomes free
   * within seconds, not at the deadline of the invocation. Each lock costs one write for each third
   * of its lease, and threads, which end with the work. By default, leases last until the deadline
   * and are not renewed.
   *
   * @param leaseDuration from 1 s to 24 h; an earlier deadline shortens it
   * @param lossPolicy the policy for work whose lock is lost, because the table did not answer or
   *     the execution environment was stopped for that long
   * @return a changed guard
   */
  public Guard renewingLease(Duration leaseDuration, LockLossPolicy lossPolicy) {
    return with(
        config.with(
            config.timeBudget().withRenewal(new RenewalSettings(leaseDuration, lossPolicy))));
  }

  /**
   * Writes the metrics of each invocation to the standard output in CloudWatch's embedded metric
   * format: see {@link LockMetric}. This replaces the listener of the lock client.
   *
   * @param namespace the namespace of the metrics in CloudWatch
   * @return a changed guard
   */
  public Guard metrics(String namespace) {
    return with(config.with(config.metricsOptions().withNamespace(namespace)));
  }

  /**
   * Sets the clock for metrics and {@code Retry-After}, for tests with a manual clock.
   *
   * @param timeSource the time source of the lock client
   * @return a changed guard
   */
  public Guard timeSource(TimeSource timeSource) {
    return with(config.with(config.metricsOptions().withTimeSource(timeSource)));
  }

  /** Returns the id pointers of the environment, which the handlers read ids with. */
  final IdPointers idPointers() {
    IdPointers pointers = config.keySettings().idPointers();
    if (pointers.eventId().isPresent()) {
      ensureDeduplicating();
    }
    return pointers;
  }

  final boolean isDeduplicating() {
    return config.deduplication().isPresent();
  }

  final boolean storesResults() {
    return config.deduplication().flatMap(DeduplicationSettings::maxResultBytes).isPresent();
  }

  final void ensureStoringResults() {
    if (!storesResults()) {
      throw new IllegalStateException(
          "guard stores no results, and a result type needs that: set a retention and a size with"
              + " Guard.storingResults");
    }
  }

  final void ensureDeduplicating() {
    if (!isDeduplicating()) {
      throw new IllegalStateException(
          "guard does not deduplicate events, and an event id needs that: set a retention with"
              + " Guard.deduplicating");
    }
  }
}
