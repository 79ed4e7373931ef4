package dev.holdfast.lambda.internal.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Threads of one batch: the caller's thread and additional ones, which end before the caller. */
final class BatchThreads {
  private static final Logger LOG = LoggerFactory.getLogger(BatchThreads.class);

  private BatchThreads() {}

  /**
   * Runs each task once, starts them in their order, and returns when all have ended.
   *
   * @param tasks a thread-safe queue
   * @param threadCount the number of threads, including the caller's
   */
  static void run(Queue<Runnable> tasks, int threadCount) {
    List<Thread> threads = startThreads(threadCount - 1, tasks);
    try {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        try {
          task.run();
        } catch (Throwable e) {
          LOG.error("outcome=failed hint=\"a part of the batch ended early\"", e);
        }
      }
    } finally {
      joinAll(threads);
    }
  }

  /** Continues with fewer threads if the execution environment cannot start more. */
  private static List<Thread> startThreads(int count, Queue<Runnable> tasks) {
    Map<String, String> context = MDC.getCopyOfContextMap();
    List<Thread> threads = new ArrayList<>();
    try {
      for (int i = 1; i <= count; i++) {
        Thread thread = new Thread(() -> runWithContext(context, tasks), "holdfast-batch-" + i);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
      }
    } catch (OutOfMemoryError e) {
      LOG.warn("outcome=fewer_threads started={} requested={}", threads.size(), count, e);
    }
    return threads;
  }

  private static void runWithContext(@Nullable Map<String, String> context, Queue<Runnable> tasks) {
    if (context != null) {
      MDC.setContextMap(context);
    }
    run(tasks, 1);
  }

  /** Passes an interrupt of the caller on to all threads. */
  private static void joinAll(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          threads.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
