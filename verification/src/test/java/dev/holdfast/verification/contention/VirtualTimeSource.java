package dev.holdfast.verification.contention;

import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Time that advances only while every thread sleeps, to the next thread that wakes. One thread runs
 * at a time, so that each run is equal, and an hour takes only as long as its work.
 */
public final class VirtualTimeSource implements TimeSource {
  private static final Instant START = Instant.parse("2040-01-01T12:00:00Z");
  private static final Comparator<Sleeper> BY_TIME =
      Comparator.comparingLong((Sleeper sleeper) -> sleeper.atNanos)
          .thenComparingLong(sleeper -> sleeper.number);

  private final PriorityQueue<Sleeper> sleepers = new PriorityQueue<>(BY_TIME);
  private long nanos;
  private long nextNumber;

  /** Creates a time source that shows noon and has no sleeping threads. */
  public VirtualTimeSource() {}

  private static final class Sleeper {
    private final Thread thread = Thread.currentThread();
    private final Semaphore wake = new Semaphore(0);
    private boolean interrupted;
    private final long number;
    private long atNanos;

    Sleeper(long number, long atNanos) {
      this.number = number;
      this.atNanos = atNanos;
    }

    void awaitWakeup() throws InterruptedException {
      wake.acquire();
      if (interrupted) {
        throw new InterruptedException("interrupted while asleep");
      }
    }
  }

  /** Interrupts a sleeping thread, which wakes at the current instant when it is next in turn. */
  public synchronized void interrupt(Thread thread) {
    List<Sleeper> asleep = sleepers.stream().filter(each -> each.thread == thread).toList();
    for (Sleeper sleeper : asleep) {
      sleeper.interrupted = true;
      rescheduleNow(sleeper);
    }
  }

  @Override
  public synchronized Instant wallTime() {
    return START.plusNanos(nanos);
  }

  @Override
  public synchronized long monotonicNanos() {
    return nanos;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    checkInterrupt();
    Sleeper sleeper = addSleeper(duration);
    wakeNext();
    sleeper.awaitWakeup();
  }

  @Override
  public void await(CompletableFuture<?> signal, Duration duration) throws InterruptedException {
    checkInterrupt();
    Sleeper sleeper = addSleeper(duration);
    CompletableFuture<?> wakeup = signal.thenRun(() -> rescheduleNow(sleeper));
    wakeNext();
    try {
      sleeper.awaitWakeup();
    } finally {
      wakeup.cancel(false);
    }
  }

  /** Throws before the thread counts as asleep; otherwise two threads would run at once. */
  private static void checkInterrupt() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before it slept");
    }
  }

  /** Returns the number of sleeping threads. */
  public synchronized int sleeperCount() {
    return sleepers.size();
  }

  private synchronized Sleeper addSleeper(Duration duration) {
    Sleeper sleeper = new Sleeper(nextNumber++, nanos + duration.toNanos());
    sleepers.add(sleeper);
    return sleeper;
  }

  private synchronized void rescheduleNow(Sleeper sleeper) {
    if (sleepers.remove(sleeper)) {
      sleeper.atNanos = nanos;
      sleepers.add(sleeper);
    }
  }

  private synchronized void wakeNext() {
    Sleeper next = sleepers.poll();
    if (next != null) {
      nanos = next.atNanos;
      next.wake.release();
    }
  }

  /**
   * Runs each task in a thread of its own, all from the same instant.
   *
   * @return the results, in the order of the tasks
   */
  public <T> List<T> run(List<Callable<T>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      CountDownLatch ready = new CountDownLatch(tasks.size());
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> task : tasks) {
        Sleeper start = addSleeper(Duration.ZERO);
        futures.add(threads.submit(() -> runFromStart(task, start, ready)));
      }
      ready.await();
      wakeNext();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private <T> T runFromStart(Callable<T> task, Sleeper start, CountDownLatch ready)
      throws Exception {
    ready.countDown();
    start.wake.acquire();
    try {
      return task.call();
    } finally {
      wakeNext();
    }
  }
}
