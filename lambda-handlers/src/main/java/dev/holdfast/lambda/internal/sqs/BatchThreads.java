package dev.holdfast.lambda.internal.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The threads of one batch: the caller's and as many more as it takes, which are gone when the
 * caller goes on.
 *
 * @param parallelism how many at most, the caller's included
 */
record BatchThreads(int parallelism) {
  private static final Logger LOG = LoggerFactory.getLogger(BatchThreads.class);
  /** How many work on so many tasks. */
  int threadCount(int tasks) {
    return Math.min(parallelism, tasks);
  }

  /** Runs each task once, and returns when all have ended; begins them in their order. */
  void run(List<Runnable> tasks) {
    Queue<Runnable> queue = new ConcurrentLinkedQueue<>(tasks);
    List<Thread> threads = startThreads(threadCount(tasks.size()) - 1, queue);
    try {
      drain(queue);
    } finally {
      joinAll(threads);
    }
  }

  /** Fewer threads than wanted do the same work, where the sandbox has no more to give. */
  private static List<Thread> startThreads(int count, Queue<Runnable> queue) {
    Map<String, String> context = MDC.getCopyOfContextMap();
    List<Thread> threads = new ArrayList<>();
    try {
      for (int i = 1; i <= count; i++) {
        Thread thread = new Thread(() -> drainWithContext(context, queue), "holdfast-batch-" + i);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
      }
    } catch (OutOfMemoryError e) {
      LOG.warn("outcome=fewer_threads started={} requested={}", threads.size(), count, e);
    }
    return threads;
  }

  private static void drainWithContext(
      @Nullable Map<String, String> context, Queue<Runnable> queue) {
    if (context != null) {
      MDC.setContextMap(context);
    }
    drain(queue);
  }

  private static void drain(Queue<Runnable> queue) {
    for (Runnable task = queue.poll(); task != null; task = queue.poll()) {
      try {
        task.run();
      } catch (Throwable e) {
        LOG.error("outcome=failed hint=\"a part of the batch ended early\"", e);
      }
    }
  }

  /** Whoever interrupts the caller interrupts all of them; none is left alone. */
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
