package dev.holdfast.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.holdfast.lock.Completion;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.dynamodb.admin.StoredLock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of a lock table as programs read it: what does not belong to its state is left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LockView(
    String name,
    String state,
    @Nullable String holder,
    @Nullable String event,
    @Nullable String acquiredAt,
    @Nullable String leaseEnd,
    @Nullable Long leaseMillis,
    @Nullable Long maxSkewMillis,
    @Nullable Boolean mayBeHeld,
    @Nullable String fencingToken,
    @Nullable String until,
    @Nullable String problem) {

  static LockView of(StoredLock lock, Instant now) {
    if (lock instanceof StoredLock.Held held) {
      return ofHeld(held, now);
    }
    if (lock instanceof StoredLock.Done done) {
      Completion completion = done.completion();
      String event = completion.event().orElse(null);
      String until = completion.until().toString();
      return new LockView(
          done.name(), "DONE", null, event, null, null, null, null, null, null, until, null);
    }
    if (lock instanceof StoredLock.Free free) {
      String token = free.lastToken().toString();
      return new LockView(
          free.name(), "FREE", null, null, null, null, null, null, null, token, null, null);
    }
    StoredLock.Unreadable row = (StoredLock.Unreadable) lock;
    return new LockView(
        row.name(),
        "UNREADABLE",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        row.reason());
  }

  private static LockView ofHeld(StoredLock.Held held, Instant now) {
    Holder holder = held.holder();
    return new LockView(
        held.name(),
        "HELD",
        holder.description(),
        holder.event().orElse(null),
        holder.acquiredAt().toString(),
        holder.leaseEnd().toString(),
        held.lease().toMillis(),
        held.maxSkew().map(Duration::toMillis).orElse(null),
        held.mayBeHeldAt(now),
        held.fencingToken().toString(),
        null,
        null);
  }

  static String text(List<LockView> locks) {
    if (locks.isEmpty()) {
      return "nobody holds a lock in this table";
    }
    Sheet sheet = new Sheet("NAME", "STATE", "SINCE", "LEASE ENDS", "HOLDER");
    for (LockView lock : locks) {
      sheet.row(
          lock.name(),
          lock.shortState(),
          shown(lock.acquiredAt()),
          shown(lock.leaseEnd()),
          lock.problem() == null ? shown(lock.holder()) : lock.problem());
    }
    return sheet.toString();
  }

  /** One lock, a line for each thing that is known of it. */
  String text() {
    StringBuilder lines = new StringBuilder(Visible.of(name)).append(": ").append(shortState());
    line(lines, "holder", holder);
    line(lines, "event", event);
    line(lines, "acquired", acquiredAt);
    line(lines, "lease ends", leaseEnd);
    line(lines, "fencing token", fencingToken);
    line(lines, "remembered until", until);
    line(lines, "problem", problem);
    return lines.toString();
  }

  private static void line(StringBuilder lines, String label, @Nullable String value) {
    if (value != null) {
      lines.append(System.lineSeparator()).append("  ").append(label).append(": ");
      lines.append(Visible.of(value));
    }
  }

  private static String shown(@Nullable String value) {
    return value == null ? "" : value;
  }

  private String shortState() {
    return Boolean.FALSE.equals(mayBeHeld) ? "HELD, lease over" : state;
  }
}
