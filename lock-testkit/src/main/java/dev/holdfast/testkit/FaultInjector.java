package dev.holdfast.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/**
 * The script of what goes wrong, read by a {@link SimulatedTable} or a {@code FaultProxy}: each
 * {@code next…} adds one entry, each request uses one up, and where none is left the standing fault
 * applies ({@link Fault#NONE} unless {@link #always} said otherwise). Safe for use by several
 * threads.
 *
 * <pre>{@code
 * table.faults().nextPasses().nextReplyLost(); // the second request from now
 * }</pre>
 *
 * <p>An entry concerns one request as the table sees it: where the SDK sends again, the second
 * sending uses up the second entry.
 */
public final class FaultInjector {
  private final Deque<InjectedFault> queue = new ArrayDeque<>();
  private final Map<Fault, Integer> injectedCount = new EnumMap<>(Fault.class);
  private Fault defaultFault = Fault.NONE;

  /** A script without any fault. */
  public FaultInjector() {}

  /**
   * The next request passes.
   *
   * @return this script
   */
  public FaultInjector nextPasses() {
    return next(Fault.NONE);
  }

  /**
   * The next request never reaches the table.
   *
   * @return this script
   */
  public FaultInjector nextRequestLost() {
    return next(Fault.REQUEST_LOST);
  }

  /**
   * The next request is applied, and its reply lost.
   *
   * @return this script
   */
  public FaultInjector nextReplyLost() {
    return next(Fault.REPLY_LOST);
  }

  /**
   * The next request is answered by a 500 and not applied.
   *
   * @return this script
   */
  public FaultInjector nextFailsBeforeApplying() {
    return next(Fault.FAILED_BEFORE_APPLYING);
  }

  /**
   * The next request is answered by a 500 although it was applied.
   *
   * @return this script
   */
  public FaultInjector nextFailsAfterApplying() {
    return next(Fault.FAILED_AFTER_APPLYING);
  }

  /**
   * The next request is throttled.
   *
   * @return this script
   */
  public FaultInjector nextThrottled() {
    return next(Fault.THROTTLED);
  }

  /**
   * The next request is denied.
   *
   * @return this script
   */
  public FaultInjector nextDenied() {
    return next(Fault.DENIED);
  }

  /**
   * The next request finds nobody at the endpoint.
   *
   * @return this script
   */
  public FaultInjector nextUnreachable() {
    return next(Fault.UNREACHABLE);
  }

  /**
   * The next request is applied only when told, long after its client gave up.
   *
   * @return the handle that delivers it
   */
  public PendingDelivery nextRequestDelayed() {
    return addPending(Fault.REQUEST_DELAYED);
  }

  /**
   * The next request is applied at once, and its reply arrives only when told.
   *
   * @return the handle that delivers the reply
   */
  public PendingDelivery nextReplyDelayed() {
    return addPending(Fault.REPLY_DELAYED);
  }

  /**
   * The next request is applied and answered, and a copy of it is applied when told.
   *
   * @return the handle that delivers the copy
   */
  public PendingDelivery nextDuplicated() {
    return addPending(Fault.DUPLICATED);
  }

  /**
   * Something happens elsewhere after the next request is sent and before the table applies it.
   *
   * @param event what happens; it may use the table, and takes no entry of the script with it
   * @return this script
   */
  public FaultInjector beforeNextApply(Runnable event) {
    return add(InjectedFault.beforeApply(event));
  }

  /**
   * Something happens elsewhere after the table applies the next request and before its client
   * hears of it: time passes, a process freezes, another takes over.
   *
   * @param event what happens
   * @return this script
   */
  public FaultInjector beforeNextReply(Runnable event) {
    return add(InjectedFault.afterApply(event));
  }

  /**
   * Adds a fault by name, for generated schedules.
   *
   * @param fault what happens to the next request
   * @return this script
   */
  public FaultInjector next(Fault fault) {
    return add(InjectedFault.of(fault));
  }

  /**
   * The fault of every request that the script has no entry for, from now on.
   *
   * @param fault the standing fault
   * @return this script
   */
  public synchronized FaultInjector always(Fault fault) {
    defaultFault = fault;
    return this;
  }

  /**
   * Forgets the entries not yet used and the standing fault: from now on all goes well.
   *
   * @return this script
   */
  public synchronized FaultInjector clear() {
    queue.clear();
    defaultFault = Fault.NONE;
    return this;
  }

  /**
   * How often a fault has happened, so that a test can tell that its faults were met.
   *
   * @param fault the fault
   * @return how many requests met it
   */
  public synchronized int injectedCount(Fault fault) {
    return injectedCount.getOrDefault(fault, 0);
  }

  /**
   * Uses up one entry; for what plays the script, once for each request.
   *
   * @return what happens to this request
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
