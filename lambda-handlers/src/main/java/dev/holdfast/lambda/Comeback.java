package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lock.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a busy message is to come back, where the queue is told so.
 *
 * @param visibility tells the queue; empty where the queue's own time-out counts
 */
record Comeback(Optional<MessageVisibility> visibility) {
  static final Comeback AS_THE_QUEUE_SAYS = new Comeback(Optional.empty());

  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofHours(12);
  private static final Duration SKEW = Duration.ofSeconds(1);

  /** What goes wrong here changes nothing: the message is reported all the same. */
  void after(SQSMessage message, Holder holder, Gate gate) {
    if (visibility.isEmpty()) {
      return;
    }
    try {
      visibility.get().change(message, delay(holder, gate.settings().telemetry().now()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      gate.log().notHidden(message.getMessageId(), e);
    } catch (Exception e) {
      gate.log().notHidden(message.getMessageId(), e);
    }
  }

  /**
   * As long again as the hold has lasted, which is all that is known of its length; not past the
   * end of its lease, after which others may take over.
   */
  static Duration delay(Holder holder, Instant now) {
    Duration lasted = Duration.between(holder.acquiredAt(), now);
    Duration left = Duration.between(now, holder.leaseEnd()).plus(SKEW);
    Duration delay = lasted.compareTo(left) < 0 ? lasted : left;
    long seconds = delay.plusMillis(999).toSeconds();
    return Duration.ofSeconds(Math.max(LEAST.toSeconds(), Math.min(seconds, MOST.toSeconds())));
  }
}
