package dev.holdfast.demo.cloud;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Work on a thread of its own, which does not keep the JVM alive. */
public final class Background {

  /** Work that returns nothing. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it.
     *
     * @throws Exception where it fails
     */
    void run() throws Exception;
  }

  private Background() {}

  /**
   * Starts work that returns nothing.
   *
   * @param name the thread's name
   * @param work what to do
   * @return completed when it is done, exceptionally where it failed
   */
  public static CompletableFuture<Void> run(String name, Work work) {
    Callable<Boolean> call =
        () -> {
          work.run();
          return true;
        };
    return call(name, call).thenAccept(done -> {});
  }

  /**
   * Starts work that returns something.
   *
   * @param <T> what it returns
   * @param name the thread's name
   * @param work what to do
   * @return completed when it is done, exceptionally where it failed
   */
  public static <T> CompletableFuture<T> call(String name, Callable<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(done, work), name);
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  private static <T> void complete(CompletableFuture<T> done, Callable<T> work) {
    try {
      done.complete(work.call());
    } catch (Exception | Error e) {
      done.completeExceptionally(e);
    }
  }
}
