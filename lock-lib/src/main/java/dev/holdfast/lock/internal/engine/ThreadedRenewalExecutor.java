package dev.holdfast.lock.internal.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Executor with daemon threads: one for the scheduler loop, which waits only for time, up to 16 for
 * renewals, and up to 4 for notifications. The pools start threads on demand and end idle threads.
 */
final class ThreadedRenewalExecutor implements RenewalExecutor {
  private static final int RENEWAL_THREADS_MAX = 16;
  private static final int NOTIFICATION_THREADS_MAX = 4;
  private static final long IDLE_SECONDS = 10;

  private final Thread schedulerThread;
  private final ExecutorService renewalPool =
      newDaemonPool(RENEWAL_THREADS_MAX, "holdfast-renewal-");
  private final ExecutorService notificationPool =
      newDaemonPool(NOTIFICATION_THREADS_MAX, "holdfast-loss-");
  private boolean sleeping;

  ThreadedRenewalExecutor(Consumer<RenewalExecutor> work) {
    schedulerThread = new Thread(() -> work.accept(this), "holdfast-keep-alive");
    schedulerThread.setDaemon(true);
  }

  private static ExecutorService newDaemonPool(int threads, String prefix) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory factory =
        work -> {
          Thread thread = new Thread(work, prefix + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  @Override
  public void start() {
    schedulerThread.start();
  }

  @Override
  public void onSleep() {
    sleeping = true;
  }

  /** Clears an interrupt that was too late to wake the thread. */
  @Override
  public void onWake() {
    sleeping = false;
    Thread.interrupted();
  }

  @Override
  public void wakeUp() {
    if (sleeping) {
      schedulerThread.interrupt();
    }
  }

  @Override
  public void executeRenewal(Runnable renewal) {
    renewalPool.execute(renewal);
  }

  @Override
  public void executeNotification(Runnable notification) {
    notificationPool.execute(notification);
  }

  /** Ends the threads after the queued renewals and notifications. */
  @Override
  public void shutdown() {
    renewalPool.shutdown();
    notificationPool.shutdown();
    wakeUp();
  }
}
