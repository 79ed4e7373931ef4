package dev.holdfast.lock;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A crew of threads, all of them daemons: one that looks after the locks and never waits for
 * anything but time, up to 16 that renew, up to 4 that tell owners. The latter come when they are
 * needed and go when they are not.
 */
final class Threads implements Crew {
  private static final int CALLS_MAX = 16;
  private static final int TELLERS_MAX = 4;
  private static final long IDLE_SECONDS = 10;

  private final Thread looking;
  private final ExecutorService calling = atMost(CALLS_MAX, "holdfast-renewal-");
  private final ExecutorService telling = atMost(TELLERS_MAX, "holdfast-loss-");
  private boolean asleep;

  Threads(Consumer<Crew> work) {
    looking = new Thread(() -> work.accept(this), "holdfast-keep-alive");
    looking.setDaemon(true);
  }

  private static ExecutorService atMost(int threads, String prefix) {
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
    looking.start();
  }

  @Override
  public void fallsAsleep() {
    asleep = true;
  }

  /** An interrupt that came too late to wake the thread meets nothing else. */
  @Override
  public void isAwake() {
    asleep = false;
    Thread.interrupted();
  }

  @Override
  public void wake() {
    if (asleep) {
      looking.interrupt();
    }
  }

  @Override
  public void call(Runnable renewal) {
    calling.execute(renewal);
  }

  @Override
  public void tell(Runnable loss) {
    telling.execute(loss);
  }

  /** What was begun, or is to be told, is still done; then the threads end. */
  @Override
  public void dismiss() {
    calling.shutdown();
    telling.shutdown();
    wake();
  }
}
