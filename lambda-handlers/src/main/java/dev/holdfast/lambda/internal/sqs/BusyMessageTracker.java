package dev.holdfast.lambda.internal.sqs;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.model.BusyMessage;
import dev.holdfast.lock.Holder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Messages of a batch whose lock is held, each with its last known holder. Thread-safe. */
final class BusyMessageTracker {
  private final Map<String, Holder> holders = new ConcurrentHashMap<>();

  void add(SQSMessage message, Holder holder) {
    holders.put(message.getMessageId(), holder);
  }

  /** Removes a message whose lock was acquired: it is no longer busy, even if it fails. */
  void remove(SQSMessage message) {
    holders.remove(message.getMessageId());
  }

  /**
   * Returns the busy messages among the reported ones. In a FIFO queue, the messages that follow a
   * busy message of their group are busy as well.
   */
  List<BusyMessage> busyMessages(List<SQSMessage> reported, WorkGuard workGuard) {
    Instant now = workGuard.config().metricsOptions().now();
    Map<String, Holder> groupHolders = new HashMap<>();
    List<BusyMessage> busyMessages = new ArrayList<>();
    for (SQSMessage message : reported) {
      Optional<String> groupId = SqsMessages.fifoMessageGroup(message);
      Optional<Holder> ownHolder = Optional.ofNullable(holders.get(message.getMessageId()));
      ownHolder.ifPresent(holder -> groupId.ifPresent(id -> groupHolders.putIfAbsent(id, holder)));
      groupId
          .map(groupHolders::get)
          .or(() -> ownHolder)
          .map(holder -> new BusyMessage(message, RedeliveryDelay.estimate(holder, now)))
          .ifPresent(busyMessages::add);
    }
    return busyMessages;
  }
}
