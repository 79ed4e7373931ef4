package dev.holdfast.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.holdfast.lock.Completion;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.admin.StoredLock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON output of one row of a lock table. Properties that do not apply to the state of the row are
 * omitted.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LockView(
    String name,
    String state,
    @Nullable String holder,
    @Nullable String event,
    @Nullable String acquiredAt,
    @Nullable String leaseExpiresAt,
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
          "COMPLETED",
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
        "UNRECOGNIZED",
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
      return "no locks are held in this table";
    }
    TextTable table = new TextTable("NAME", "STATE", "SINCE", "LEASE EXPIRES", "HOLDER");
    for (LockView lock : locks) {
      table.addRow(
          lock.name(),
          lock.stateLabel(),
          orEmpty(lock.acquiredAt()),
          orEmpty(lock.leaseExpiresAt()),
          lock.problem() == null ? orEmpty(lock.holder()) : lock.problem());
    }
    return table.toString();
  }

  /** Returns the text output of one lock, with one line for each known property. */
  String toText() {
    StringBuilder lines =
        new StringBuilder(ControlCharacters.replaceIn(name)).append(": ").append(stateLabel());
    appendLine(lines, "holder", holder);
    appendLine(lines, "event", event);
    appendLine(lines, "acquired", acquiredAt);
    appendLine(lines, "lease expires", leaseExpiresAt);
    appendLine(lines, "fencing token", fencingToken);
    appendLine(lines, "record expires", expiresAt);
    if (problem != null) {
      appendLine(lines, "problem", "locking leaves this row alone, because " + problem);
      appendLine(lines, "advice", "use another name or table for locks, or a newer Holdfast");
    }
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
    return Boolean.FALSE.equals(mayBeHeld) ? "HELD, lease expired" : state;
  }
}
