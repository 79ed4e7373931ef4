package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.KeepAlive;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.internal.protocol.RenewalProtocol.Step;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scheduler of the keep-alives of a client. When a task is due, the scheduler executes the next
 * step of {@link dev.holdfast.lock.internal.protocol.RenewalProtocol}. It has no thread while it
 * has no task. Thread-safe.
 *
 * <p>The scheduler thread neither sends requests nor runs code of callers, so no lock waits for
 * another one. It sleeps by the client's clocks.
 */
public final class RenewalScheduler {
  private static final Logger LOG = LoggerFactory.getLogger(KeepAlive.class);
  private static final long RETRY_AFTER_ERROR_NANOS = Duration.ofSeconds(1).toNanos();

  private final TimeSource timeSource;
  private final Function<Consumer<RenewalExecutor>, RenewalExecutor> executorFactory;
  private final TreeSet<ScheduledTask> queue = new TreeSet<>(ScheduledTask.BY_DUE_TIME);
  private final Map<RenewalTask, ScheduledTask> scheduled = new HashMap<>();
  private long nextSequence;
  private @Nullable RenewalExecutor executor;

  /** Task with the time of its next step. */
  private record ScheduledTask(long dueNanos, long sequence, RenewalTask task) {
    static final Comparator<ScheduledTask> BY_DUE_TIME =
        Comparator.comparingLong(ScheduledTask::dueNanos)
            .thenComparingLong(ScheduledTask::sequence);
  }

  RenewalScheduler(TimeSource timeSource) {
    this(timeSource, ThreadedRenewalExecutor::new);
  }

  /**
   * Creates a scheduler with another executor than threads.
   *
   * @param timeSource clocks of the scheduled tasks
   * @param executorFactory factory of executors for the scheduler loop
   */
  public RenewalScheduler(
      TimeSource timeSource, Function<Consumer<RenewalExecutor>, RenewalExecutor> executorFactory) {
    this.timeSource = timeSource;
    this.executorFactory = executorFactory;
  }

  synchronized void schedule(RenewalTask task) {
    if (task.isDone()) {
      return;
    }
    scheduleIn(task, 0);
    if (executor == null) {
      executor = executorFactory.apply(this::runLoop);
      executor.start();
    }
    executor.wakeUp();
  }

  /** Reschedules a task immediately, because its lock has changed. */
  synchronized void runSoon(RenewalTask task) {
    rescheduleIn(task, 0);
    if (executor != null) {
      executor.wakeUp();
    }
  }

  /** Runs the notification of an owner, also if its task is not scheduled any more. */
  synchronized void notifyOwner(Runnable notification) {
    if (executor != null) {
      executor.executeNotification(notification);
      return;
    }
    RenewalExecutor temporary = executorFactory.apply(this::runLoop);
    temporary.executeNotification(notification);
    temporary.shutdown();
  }

  /** Removes a task. Removing the last task ends the threads. */
  synchronized void remove(RenewalTask task) {
    ScheduledTask entry = scheduled.remove(task);
    if (entry != null) {
      queue.remove(entry);
    }
    if (scheduled.isEmpty() && executor != null) {
      executor.shutdown();
      executor = null;
    }
  }

  private void scheduleIn(RenewalTask task, long inNanos) {
    ScheduledTask next =
        new ScheduledTask(timeSource.monotonicNanos() + inNanos, nextSequence++, task);
    ScheduledTask previous = scheduled.put(task, next);
    if (previous != null) {
      queue.remove(previous);
    }
    queue.add(next);
  }

  private synchronized void rescheduleIn(RenewalTask task, long inNanos) {
    if (scheduled.containsKey(task)) {
      scheduleIn(task, inNanos);
    }
  }

  /** Runs due tasks until no task is left. */
  private void runLoop(RenewalExecutor current) {
    while (isCurrent(current)) {
      if (!runNextDue()) {
        sleep(current);
      }
    }
  }

  /**
   * Runs the next task if it is due.
   *
   * @return whether a task was due
   */
  public boolean runNextDue() {
    Optional<RenewalTask> due = nextDue();
    due.ifPresent(this::runTask);
    return due.isPresent();
  }

  private synchronized boolean isCurrent(RenewalExecutor current) {
    return executor == current;
  }

  private synchronized Optional<RenewalTask> nextDue() {
    return nanosUntilNext() > 0 || queue.isEmpty()
        ? Optional.empty()
        : Optional.of(queue.first().task());
  }

  private long nanosUntilNext() {
    return queue.isEmpty() ? 0 : queue.first().dueNanos() - timeSource.monotonicNanos();
  }

  /** Runs one step of a task. A failure does not affect the other tasks. */
  private void runTask(RenewalTask task) {
    try {
      execute(task.nextStep(), task);
    } catch (RuntimeException | Error e) {
      LOG.error("lock={} outcome=renewal_step_failed", LogText.value(task.name()), e);
      rescheduleIn(task, RETRY_AFTER_ERROR_NANOS);
    }
  }

  private void execute(Step step, RenewalTask task) {
    Runnable action =
        step.fold(
            renew -> () -> renew(task, renew.callNanos()),
            loss -> () -> task.reportLoss(loss),
            pause -> () -> rescheduleIn(task, pause.nanos()));
    action.run();
  }

  private synchronized void renew(RenewalTask task, long requestTimeoutNanos) {
    rescheduleIn(task, 0);
    if (executor != null && scheduled.containsKey(task)) {
      executor.executeRenewal(() -> task.renew(requestTimeoutNanos));
    }
  }

  private void sleep(RenewalExecutor current) {
    long nanos = enterSleep(current);
    try {
      timeSource.sleep(Duration.ofNanos(nanos));
    } catch (InterruptedException woken) {
      LOG.trace("outcome=woken");
    } finally {
      leaveSleep(current);
    }
  }

  private synchronized long enterSleep(RenewalExecutor current) {
    current.onSleep();
    return isCurrent(current) ? Math.max(0, nanosUntilNext()) : 0;
  }

  private synchronized void leaveSleep(RenewalExecutor current) {
    current.onWake();
  }
}
