package dev.holdfast.demo.run;

/** Where a run tells how far it is. Implementations are thread-safe. */
@FunctionalInterface
public interface Progress {
  /**
   * Tells one thing.
   *
   * @param line what happened
   */
  void tell(String line);
}
