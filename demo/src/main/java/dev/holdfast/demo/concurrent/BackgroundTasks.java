package dev.holdfast.demo.concurrent;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Starts tasks on daemon threads. */
public final class BackgroundTasks {

  /** Task without a result. */
  @FunctionalInterface
  public interface Task {
    /**
     * Runs the task.
     *
     * @throws Exception if the task fails
     */
    void run() throws Exception;
  }

  private BackgroundTasks() {}

  /**
   * Starts a task without a result.
   *
   * @param name the name of the thread
   * @param task the task
   * @return a future that completes when the task ends, exceptionally if it fails
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
   * Starts a task with a result.
   *
   * @param <T> the type of the result
   * @param name the name of the thread
   * @param task the task
   * @return a future that completes when the task ends, exceptionally if it fails
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
