package dev.holdfast.lambda;

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
 * @param max how many at most, the caller's included
 */
record Workers(int max) {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final int MOST = 64;

  static final Workers ONE = new Workers(1);

  Workers {
    if (max < 1 || max > MOST) {
      throw new IllegalArgumentException("parallelism must be from 1 to " + MOST + ", got " + max);
    }
  }

  /** How many work on so many tasks. */
  int on(int tasks) {
    return Math.min(max, tasks);
  }

  /** Runs each task once, and returns when all have ended; begins them in their order. */
  void run(List<Runnable> tasks) {
    Queue<Runnable> queue = new ConcurrentLinkedQueue<>(tasks);
    List<Thread> others = started(on(tasks.size()) - 1, queue);
    try {
      work(queue);
    } finally {
      join(others);
    }
  }

  /** Fewer threads than wanted do the same work, where the sandbox has no more to give. */
  private static List<Thread> started(int count, Queue<Runnable> queue) {
    Map<String, String> context = MDC.getCopyOfContextMap();
    List<Thread> threads = new ArrayList<>();
    try {
      for (int i = 1; i <= count; i++) {
        Thread thread = new Thread(() -> workWith(context, queue), "holdfast-batch-" + i);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
      }
    } catch (OutOfMemoryError e) {
      LOG.warn("outcome=fewer threads: {} of {} could be started", threads.size(), count, e);
    }
    return threads;
  }

  private static void workWith(@Nullable Map<String, String> context, Queue<Runnable> queue) {
    if (context != null) {
      MDC.setContextMap(context);
    }
    work(queue);
  }

  private static void work(Queue<Runnable> queue) {
    for (Runnable task = queue.poll(); task != null; task = queue.poll()) {
      try {
        task.run();
      } catch (Throwable e) {
        LOG.error("outcome=failed: a part of a batch ended early", e);
      }
    }
  }

  /** Whoever interrupts the caller interrupts all of them; none is left alone. */
  private static void join(List<Thread> others) {
    boolean interrupted = false;
    for (Thread other : others) {
      while (other.isAlive()) {
        try {
          other.join();
        } catch (InterruptedException e) {
          interrupted = true;
          others.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
