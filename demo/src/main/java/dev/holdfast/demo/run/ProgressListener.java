package dev.holdfast.demo.run;

/** Where a run tells how far it is. Implementations are thread-safe. */
@FunctionalInterface
public interface ProgressListener {
  /**
   * Tells one thing.
   *
   * @param message what happened
   */
  void onProgress(String message);
}
