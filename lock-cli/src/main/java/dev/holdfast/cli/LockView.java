package dev.holdfast.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.holdfast.lock.Completion;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.admin.StoredLock;
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
    @Nullable Long leaseDurationMillis,
    @Nullable Long maxClockSkewMillis,
    @Nullable Boolean mayBeHeld,
    @Nullable String fencingToken,
    @Nullable String expiresAt,
    @Nullable String problem) {

  static LockView of(StoredLock lock, Instant now) {
    if (lock instanceof StoredLock.Held held) {
      return ofHeld(held, now);
    }
    if (lock instanceof StoredLock.Completed completed) {
      Completion completion = completed.completion();
      String event = completion.event().orElse(null);
      String expiresAt = completion.expiresAt().toString();
      return new LockView(
          completed.name(),
          "DONE",
          null,
          event,
          null,
          null,
          null,
          null,
          null,
          null,
          expiresAt,
          null);
    }
    if (lock instanceof StoredLock.Free free) {
      String token = free.lastFencingToken().toString();
      return new LockView(
          free.name(), "FREE", null, null, null, null, null, null, null, token, null, null);
    }
    StoredLock.Unrecognized row = (StoredLock.Unrecognized) lock;
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
        holder.leaseExpiresAt().toString(),
        held.leaseDuration().toMillis(),
        held.maxSkew().map(Duration::toMillis).orElse(null),
        held.mayBeHeldAt(now),
        held.fencingToken().toString(),
        null,
        null);
  }

  static String toText(List<LockView> locks) {
    if (locks.isEmpty()) {
      return "nobody holds a lock in this table";
    }
    TextTable table = new TextTable("NAME", "STATE", "SINCE", "LEASE ENDS", "HOLDER");
    for (LockView lock : locks) {
      table.addRow(
          lock.name(),
          lock.stateLabel(),
          orEmpty(lock.acquiredAt()),
          orEmpty(lock.leaseEnd()),
          lock.problem() == null ? orEmpty(lock.holder()) : lock.problem());
    }
    return table.toString();
  }

  /** One lock, a line for each thing that is known of it. */
  String toText() {
    StringBuilder lines =
        new StringBuilder(ControlCharacters.replaceIn(name)).append(": ").append(stateLabel());
    appendLine(lines, "holder", holder);
    appendLine(lines, "event", event);
    appendLine(lines, "acquired", acquiredAt);
    appendLine(lines, "lease ends", leaseEnd);
    appendLine(lines, "fencing token", fencingToken);
    appendLine(lines, "remembered until", expiresAt);
    appendLine(lines, "problem", problem);
    return lines.toString();
  }

  private static void appendLine(StringBuilder lines, String label, @Nullable String value) {
    if (value != null) {
      lines.append(System.lineSeparator()).append("  ").append(label).append(": ");
      lines.append(ControlCharacters.replaceIn(value));
    }
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  private String stateLabel() {
    return Boolean.FALSE.equals(mayBeHeld) ? "HELD, lease over" : state;
  }
}
