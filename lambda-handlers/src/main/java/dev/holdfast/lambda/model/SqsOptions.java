package dev.holdfast.lambda.model;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Options of batches of SQS messages. Immutable; each method returns a changed copy.
 *
 * @param parallelism the number of messages of a batch that run at the same time, from 1 to 64
 * @param visibilityChanger receives each message that is reported as busy; empty if the queue's
 *     visibility timeout applies to them
 */
public record SqsOptions(
    int parallelism, Optional<Consumer<? super BusyMessage>> visibilityChanger) {
  private static final int MAX_PARALLELISM = 64;

  /** One message at a time, and no change of visibility timeouts. */
  public static final SqsOptions DEFAULT = new SqsOptions(1, Optional.empty());

  /** Validates the parallelism. */
  public SqsOptions {
    Objects.requireNonNull(visibilityChanger, "visibilityChanger");
    if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
      throw new IllegalArgumentException(
          "parallelism must be from 1 to " + MAX_PARALLELISM + ", got " + parallelism);
    }
  }

  /**
   * Runs several messages of a batch at the same time, each under its own lock. The messages of one
   * FIFO message group still run in their order. The handler must be thread-safe. All threads end
   * before the batch returns.
   *
   * @param maxMessages the number of messages that run at the same time, from 1 to 64
   * @return changed options
   * @throws IllegalArgumentException if the number is out of range
   */
  public SqsOptions parallelism(int maxMessages) {
    return new SqsOptions(maxMessages, visibilityChanger);
  }

  /**
   * Sets a new visibility timeout for each message that is reported as busy. The timeout is the
   * time for which its lock has been held so far, and ends at the latest when that lease can end.
   * Without this option, the queue's visibility timeout applies.
   *
   * @param changer calls {@code ChangeMessageVisibility}; its exceptions are logged and ignored
   * @return changed options
   */
  public SqsOptions changingVisibility(Consumer<? super BusyMessage> changer) {
    return new SqsOptions(parallelism, Optional.of(changer));
  }
}
