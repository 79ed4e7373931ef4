package dev.holdfast.demo.concurrent;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Work on a thread of its own, which does not keep the JVM alive. */
public final class BackgroundTasks {

  /** Work that returns nothing. */
  @FunctionalInterface
  public interface Task {
    /**
     * Does it.
     *
     * @throws Exception where it fails
     */
    void run() throws Exception;
  }

  private BackgroundTasks() {}

  /**
   * Starts work that returns nothing.
   *
   * @param name the thread's name
   * @param task what to do
   * @return completed when it is done, exceptionally where it failed
   */
  public static CompletableFuture<Void> run(String name, Task task) {
    Callable<Boolean> callable =
        () -> {
          task.run();
          return true;
        };
    return call(name, callable).thenAccept(done -> {});
  }

  /**
   * Starts work that returns something.
   *
   * @param <T> what it returns
   * @param name the thread's name
   * @param task what to do
   * @return completed when it is done, exceptionally where it failed
   */
  public static <T> CompletableFuture<T> call(String name, Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread = new Thread(() -> runAndComplete(result, task), name);
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  private static <T> void runAndComplete(CompletableFuture<T> result, Callable<T> task) {
    try {
      result.complete(task.call());
    } catch (Exception | Error e) {
      result.completeExceptionally(e);
    }
  }
}
