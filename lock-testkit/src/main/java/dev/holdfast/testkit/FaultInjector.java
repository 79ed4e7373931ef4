package dev.holdfast.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/**
 * Script of faults for a {@link SimulatedTable} or a {@code FaultProxy}. Each {@code next…} method
 * adds an entry, and each request consumes one. Without an entry, the standing fault applies:
 * {@link Fault#NONE} unless {@link #always} set another one. Thread-safe.
 *
 * <pre>{@code
 * table.faults().nextPasses().nextReplyLost(); // the second request from now
 * }</pre>
 *
 * <p>An entry affects one request as the table sees it. If the SDK retries, the second request
 * consumes the second entry.
 */
public final class FaultInjector {
  private final Deque<InjectedFault> queue = new ArrayDeque<>();
  private final Map<Fault, Integer> injectedCount = new EnumMap<>(Fault.class);
  private Fault defaultFault = Fault.NONE;

  /** Creates a script without faults. */
  public FaultInjector() {}

  /**
   * Lets the next request pass.
   *
   * @return this script
   */
  public FaultInjector nextPasses() {
    return next(Fault.NONE);
  }

  /**
   * Loses the next request before it reaches the table.
   *
   * @return this script
   */
  public FaultInjector nextRequestLost() {
    return next(Fault.REQUEST_LOST);
  }

  /**
   * Applies the next request and loses its reply.
   *
   * @return this script
   */
  public FaultInjector nextReplyLost() {
    return next(Fault.REPLY_LOST);
  }

  /**
   * Replies to the next request with status 500 and does not apply it.
   *
   * @return this script
   */
  public FaultInjector nextFailsBeforeApplying() {
    return next(Fault.FAILED_BEFORE_APPLYING);
  }

  /**
   * Applies the next request and replies with status 500.
   *
   * @return this script
   */
  public FaultInjector nextFailsAfterApplying() {
    return next(Fault.FAILED_AFTER_APPLYING);
  }

  /**
   * Throttles the next request.
   *
   * @return this script
   */
  public FaultInjector nextThrottled() {
    return next(Fault.THROTTLED);
  }

  /**
   * Denies the next request.
   *
   * @return this script
   */
  public FaultInjector nextDenied() {
    return next(Fault.DENIED);
  }

  /**
   * Refuses the connection of the next request.
   *
   * @return this script
   */
  public FaultInjector nextUnreachable() {
    return next(Fault.UNREACHABLE);
  }

  /**
   * Delays the next request until the test delivers it, after its client has given up.
   *
   * @return the handle that delivers the request
   */
  public PendingDelivery nextRequestDelayed() {
    return addPending(Fault.REQUEST_DELAYED);
  }

  /**
   * Applies the next request immediately and delays its reply until the test delivers it.
   *
   * @return the handle that delivers the reply
   */
  public PendingDelivery nextReplyDelayed() {
    return addPending(Fault.REPLY_DELAYED);
  }

  /**
   * Applies the next request and replies to it; applies a copy when the test delivers it.
   *
   * @return the handle that delivers the copy
   */
  public PendingDelivery nextDuplicated() {
    return addPending(Fault.DUPLICATED);
  }

  /**
   * Runs an event after the next request is sent and before the table applies it.
   *
   * @param event the event; it may use the table and consumes no entry of the script
   * @return this script
   */
  public FaultInjector beforeNextApply(Runnable event) {
    return add(InjectedFault.beforeApply(event));
  }

  /**
   * Runs an event after the table applies the next request and before its client receives the
   * reply. For example, time passes, a process freezes or another holder takes over.
   *
   * @param event the event
   * @return this script
   */
  public FaultInjector beforeNextReply(Runnable event) {
    return add(InjectedFault.afterApply(event));
  }

  /**
   * Adds a fault by name, for generated schedules.
   *
   * @param fault the fault of the next request
   * @return this script
   */
  public FaultInjector next(Fault fault) {
    return add(InjectedFault.of(fault));
  }

  /**
   * Sets the fault of every request for which the script has no entry.
   *
   * @param fault the standing fault
   * @return this script
   */
  public synchronized FaultInjector always(Fault fault) {
    defaultFault = fault;
    return this;
  }

  /**
   * Removes the remaining entries and the standing fault.
   *
   * @return this script
   */
  public synchronized FaultInjector clear() {
    queue.clear();
    defaultFault = Fault.NONE;
    return this;
  }

  /**
   * Returns how many requests met a fault, so that a test can verify that its faults occurred.
   *
   * @param fault the fault
   * @return the number of requests that met it
   */
  public synchronized int injectedCount(Fault fault) {
    return injectedCount.getOrDefault(fault, 0);
  }

  /**
   * Consumes one entry. A table or a proxy calls this once for each request.
   *
   * @return the entry for this request
   */
  public synchronized InjectedFault nextFault() {
    InjectedFault scripted = queue.poll();
    InjectedFault injected = scripted == null ? InjectedFault.of(defaultFault) : scripted;
    injectedCount.merge(injected.fault(), 1, Integer::sum);
    return injected;
  }

  private PendingDelivery addPending(Fault fault) {
    InjectedFault entry = InjectedFault.of(fault);
    add(entry);
    return entry.delivery();
  }

  private synchronized FaultInjector add(InjectedFault entry) {
    queue.add(entry);
    return this;
  }
}
