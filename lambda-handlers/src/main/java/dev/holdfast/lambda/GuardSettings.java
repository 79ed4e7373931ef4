package dev.holdfast.lambda;

import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import java.util.function.Consumer;

/** What a {@link Guard} can be told. Immutable; each method returns a changed guard. */
public abstract sealed class GuardSettings permits Guard {
  private final Settings settings;

  GuardSettings(Settings settings) {
    this.settings = settings;
  }

  abstract Guard with(Settings changed);

  final Settings settings() {
    return settings;
  }

  /**
   * Remembers handled events, so that each is handled once within the window.
   *
   * @param window how long, from 1 s to 3,660 days: longer than the trigger may deliver again
   * @return a changed guard
   */
  public Guard rememberingEvents(Duration window) {
    return with(settings.with(Remembering.events(window)));
  }

  /**
   * Remembers handled events and their results, for handlers that have one to give: a duplicate
   * gets it.
   *
   * @param window how long, from 1 s to 3,660 days: longer than the caller may ask again
   * @param bytesMax how large a result may be to be kept, from 1 to 358,400; each duplicate pays a
   *     write unit for each KiB of it
   * @return a changed guard
   */
  public Guard rememberingResults(Duration window, int bytesMax) {
    return with(settings.with(Remembering.results(window, bytesMax)));
  }

  /**
   * Says who remembers events; two consumers of one event both handle it. Unless set, it is the
   * function's name, whatever its version or alias.
   *
   * @param name not empty; functions that share it share what is remembered
   * @return a changed guard
   */
  public Guard consumer(String name) {
    return with(settings.with(settings.naming().withConsumer(name)));
  }

  /**
   * Sets what every key starts with that this guard writes.
   *
   * @param prefix may be empty
   * @return a changed guard
   */
  public Guard keyPrefix(String prefix) {
    return with(settings.with(settings.naming().withPrefix(prefix)));
  }

  /**
   * Sets how long a sandbox may live past its deadline; the lease is longer by that.
   *
   * @param grace from 0 to 24 h; 1 s unless set
   * @return a changed guard
   */
  public Guard grace(Duration grace) {
    return with(settings.with(settings.time().withGrace(grace)));
  }

  /**
   * Sets how much time the work needs. Nothing is started that has less left.
   *
   * @param needed from 0 to 24 h; 500 ms unless set
   * @return a changed guard
   */
  public Guard timeNeeded(Duration needed) {
    return with(settings.with(settings.time().withNeeded(needed)));
  }

  /**
   * Bounds the wait for a busy lock. Unless set, it is waited for as long as the work still fits
   * into the invocation.
   *
   * @param bound from 0 to 24 h
   * @return a changed guard
   */
  public Guard waitUpTo(Duration bound) {
    return with(settings.with(settings.time().withWaitMax(bound)));
  }

  /**
   * Gives locks a short lease, and renews it while the work runs: a crash then frees them in
   * seconds, not at the deadline of its invocation. Costs a write for each lock and third of the
   * lease, and threads, which end with the work. Unless set, locks last until the deadline and are
   * not renewed.
   *
   * @param lease how long, from 1 s to 24 h; a nearer deadline shortens it
   * @param onLoss what becomes of work whose lock is lost, since the table did not answer, or the
   *     sandbox was stopped, for that long
   * @return a changed guard
   */
  public Guard renewing(Duration lease, OnLoss onLoss) {
    return with(settings.with(settings.time().withRenewing(new Renewing(lease, onLoss))));
  }

  /**
   * Works on several messages of a batch of SQS at a time, each under its own lock; those of one
   * group of a FIFO queue stay one after the other. The work must be thread-safe. No thread is left
   * when the handler returns.
   *
   * @param messages how many at a time, from 1 to 64; 1 unless set
   * @return a changed guard
   */
  public Guard parallelism(int messages) {
    return with(settings.with(new Workers(messages)));
  }

  /**
   * Says of each SQS message that is reported as busy when it should come again: after as long as
   * its lock has been held already, and no later than that hold can last. Without this, it comes
   * again after the queue's visibility time-out.
   *
   * @param deferral calls {@code ChangeMessageVisibility}; what it throws is logged and ignored
   * @return a changed guard
   */
  public Guard deferringBusy(Consumer<? super BusyMessage> deferral) {
    return with(settings.withDeferral(deferral));
  }

  /**
   * Writes metrics of each invocation to the standard output, in CloudWatch's embedded metric
   * format: see {@link LockMetric}. They take the place of a listener that the locks may have.
   *
   * @param namespace where CloudWatch keeps them
   * @return a changed guard
   */
  public Guard metrics(String namespace) {
    return with(settings.with(settings.telemetry().inNamespace(namespace)));
  }

  /**
   * Sets the clock by which metrics and {@code Retry-After} are written, in tests that move it.
   *
   * @param time the one that the locks have, too
   * @return a changed guard
   */
  public Guard time(TimeSource time) {
    return with(settings.with(settings.telemetry().by(time)));
  }

  /** Where a handler's ids stand in an event, once it is clear that nothing contradicts them. */
  final Pointers pointersFor(Class<?> handler, Class<?> base) {
    Pointers pointers = settings.naming().pointers();
    pointers.ensureNotTwice(handler, base);
    if (pointers.event().isPresent()) {
      ensureRemembering();
    }
    return pointers;
  }

  final boolean remembersEvents() {
    return settings.remembering().isPresent();
  }

  final boolean keepsResults() {
    return settings.remembering().flatMap(Remembering::resultBytesMax).isPresent();
  }

  final void ensureRemembering() {
    if (!remembersEvents()) {
      throw new IllegalStateException(
          "this guard remembers no events, so it cannot handle one once: say for how long with"
              + " Guard.rememberingEvents");
    }
  }
}
