package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lock.Holder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The messages of a batch whose lock is held, as far as is known, and by whom. Thread-safe. */
final class BusyMessages {
  private final Map<String, Holder> holders = new ConcurrentHashMap<>();

  void busy(SQSMessage message, Holder holder) {
    holders.put(message.getMessageId(), holder);
  }

  /** Its lock was had: whatever becomes of it now, it is not busy. */
  void over(SQSMessage message) {
    holders.remove(message.getMessageId());
  }

  /** Those of the reported ones that wait: in a FIFO queue, the rest of a group with its first. */
  List<BusyMessage> deferred(List<SQSMessage> reported, Gate gate) {
    Instant now = gate.settings().telemetry().now();
    Map<String, Holder> groups = new HashMap<>();
    List<BusyMessage> deferred = new ArrayList<>();
    for (SQSMessage message : reported) {
      Optional<String> group = SqsMessages.orderedGroup(message);
      Optional<Holder> own = Optional.ofNullable(holders.get(message.getMessageId()));
      own.ifPresent(holder -> group.ifPresent(id -> groups.putIfAbsent(id, holder)));
      group
          .map(groups::get)
          .or(() -> own)
          .map(holder -> new BusyMessage(message, Deferral.until(holder, now)))
          .ifPresent(deferred::add);
    }
    return deferred;
  }
}
