package dev.holdfast.lambda;

import dev.holdfast.lambda.internal.admission.DeduplicationSettings;
import dev.holdfast.lambda.internal.admission.GuardConfig;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.time.RenewalSettings;
import dev.holdfast.lambda.model.LockLossPolicy;
import dev.holdfast.lambda.model.LockMetric;
import dev.holdfast.lock.TimeSource;
import java.time.Duration;

/** What a {@link Guard} can be told. Immutable; each method returns a changed guard. */
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
   * Remembers handled events, so that each is handled once within the window.
   *
   * @param retention how long, from 1 s to 3,660 days: longer than the trigger may deliver again
   * @return a changed guard
   */
  public Guard deduplicating(Duration retention) {
    return with(config.with(DeduplicationSettings.withoutResults(retention)));
  }

  /**
   * Remembers handled events and their results, for handlers that have one to give: a duplicate
   * gets it.
   *
   * @param retention how long, from 1 s to 3,660 days: longer than the caller may ask again
   * @param maxBytes how large a result may be to be kept, from 1 to 358,400; each duplicate pays a
   *     write unit for each KiB of it
   * @return a changed guard
   */
  public Guard storingResults(Duration retention, int maxBytes) {
    return with(config.with(DeduplicationSettings.withResults(retention, maxBytes)));
  }

  /**
   * Says who remembers events; two consumers of one event both handle it. Unless set, it is the
   * function's name, whatever its version or alias.
   *
   * @param name not empty; functions that share it share what is remembered
   * @return a changed guard
   */
  public Guard consumer(String name) {
    return with(config.with(config.keySettings().withConsumer(name)));
  }

  /**
   * Sets what every key starts with that this guard writes.
   *
   * @param prefix may be empty
   * @return a changed guard
   */
  public Guard keyPrefix(String prefix) {
    return with(config.with(config.keySettings().withPrefix(prefix)));
  }

  /**
   * Sets how long a sandbox may live past its deadline; the lease is longer by that.
   *
   * @param timeoutGrace from 0 to 24 h; 1 s unless set
   * @return a changed guard
   */
  public Guard timeoutGrace(Duration timeoutGrace) {
    return with(config.with(config.timeBudget().withTimeoutGrace(timeoutGrace)));
  }

  /**
   * Sets how much time the work needs. Nothing is started that has less left.
   *
   * @param minRemainingTime from 0 to 24 h; 500 ms unless set
   * @return a changed guard
   */
  public Guard minRemainingTime(Duration minRemainingTime) {
    return with(config.with(config.timeBudget().withMinRemainingTime(minRemainingTime)));
  }

  /**
   * Bounds the wait for a busy lock. Unless set, it is waited for as long as the work still fits
   * into the invocation.
   *
   * @param maxWait from 0 to 24 h
   * @return a changed guard
   */
  public Guard maxWait(Duration maxWait) {
    return with(config.with(config.timeBudget().withMaxWait(maxWait)));
  }

  /**
   * Gives locks a short lease, and renews it while the work runs: a crash then frees them in
   * seconds, not at the deadline of its invocation. Costs a write for each lock and third of the
   * lease, and threads, which end with the work. Unless set, locks last until the deadline and are
   * not renewed.
   *
   * @param leaseDuration how long, from 1 s to 24 h; a nearer deadline shortens it
   * @param lossPolicy what becomes of work whose lock is lost, since the table did not answer, or
   *     the sandbox was stopped, for that long
   * @return a changed guard
   */
  public Guard renewingLease(Duration leaseDuration, LockLossPolicy lossPolicy) {
    return with(
        config.with(
            config.timeBudget().withRenewal(new RenewalSettings(leaseDuration, lossPolicy))));
  }

  /**
   * Writes metrics of each invocation to the standard output, in CloudWatch's embedded metric
   * format: see {@link LockMetric}. They take the place of a listener that the locks may have.
   *
   * @param namespace where CloudWatch keeps them
   * @return a changed guard
   */
  public Guard metrics(String namespace) {
    return with(config.with(config.metricsOptions().withNamespace(namespace)));
  }

  /**
   * Sets the clock by which metrics and {@code Retry-After} are written, in tests that move it.
   *
   * @param timeSource the one that the locks have, too
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

  final void ensureDeduplicating() {
    if (!isDeduplicating()) {
      throw new IllegalStateException(
          "this guard remembers no events, so it cannot handle one once: say for how long with"
              + " Guard.rememberingEvents");
    }
  }
}
