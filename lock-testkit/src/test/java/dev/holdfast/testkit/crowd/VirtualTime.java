package dev.holdfast.testkit.crowd;

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
 * Time that passes only while every thread sleeps: then it moves on to the next who wakes. One
 * thread runs at a time, so that a run is the same each time, however many threads it has, and an
 * hour of it takes as long as its work does.
 */
public final class VirtualTime implements TimeSource {
  private static final Instant NOON = Instant.parse("2040-01-01T12:00:00Z");
  private static final Comparator<Sleeper> BY_TIME =
      Comparator.comparingLong((Sleeper sleeper) -> sleeper.atNanos)
          .thenComparingLong(sleeper -> sleeper.number);

  private final PriorityQueue<Sleeper> sleepers = new PriorityQueue<>(BY_TIME);
  private long nanos;
  private long numbered;

  /** Noon, and nobody is asleep. */
  public VirtualTime() {}

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

    void awaken() throws InterruptedException {
      wake.acquire();
      if (interrupted) {
        throw new InterruptedException("interrupted while asleep");
      }
    }
  }

  /** Interrupts a thread that sleeps; it wakes when it is its turn, at this instant. */
  public synchronized void interrupt(Thread thread) {
    List<Sleeper> asleep = sleepers.stream().filter(each -> each.thread == thread).toList();
    for (Sleeper sleeper : asleep) {
      sleeper.interrupted = true;
      wakeNow(sleeper);
    }
  }

  @Override
  public synchronized Instant wall() {
    return NOON.plusNanos(nanos);
  }

  @Override
  public synchronized long monotonicNanos() {
    return nanos;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    throwIfInterrupted();
    Sleeper sleeper = asleep(duration);
    wakeNext();
    sleeper.awaken();
  }

  @Override
  public void await(CompletableFuture<?> signal, Duration duration) throws InterruptedException {
    throwIfInterrupted();
    Sleeper sleeper = asleep(duration);
    CompletableFuture<?> told = signal.thenRun(() -> wakeNow(sleeper));
    wakeNext();
    try {
      sleeper.awaken();
    } finally {
      told.cancel(false);
    }
  }

  /** Before it counts as asleep: else two threads would run at once. */
  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before it slept");
    }
  }

  /** How many threads sleep now. */
  public synchronized int asleep() {
    return sleepers.size();
  }

  private synchronized Sleeper asleep(Duration duration) {
    Sleeper sleeper = new Sleeper(numbered++, nanos + duration.toNanos());
    sleepers.add(sleeper);
    return sleeper;
  }

  private synchronized void wakeNow(Sleeper sleeper) {
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
   * Runs each piece of work in a thread of its own, all from the same instant on.
   *
   * @return what each came to, in order
   */
  public <T> List<T> run(List<Callable<T>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      CountDownLatch ready = new CountDownLatch(work.size());
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> piece : work) {
        Sleeper start = asleep(Duration.ZERO);
        running.add(threads.submit(() -> begin(piece, start, ready)));
      }
      ready.await();
      wakeNext();
      List<T> results = new ArrayList<>();
      for (Future<T> each : running) {
        results.add(each.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private <T> T begin(Callable<T> piece, Sleeper start, CountDownLatch ready) throws Exception {
    ready.countDown();
    start.wake.acquire();
    try {
      return piece.call();
    } finally {
      wakeNext();
    }
  }
}
