package dev.holdfast.verification.simulation;

import static dev.holdfast.verification.support.Invariant.require;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Checks the safety properties of one lock without knowledge of the rules. It compares the state of
 * the locks with the rows of the table and with each other.
 */
final class SafetyChecker {
  private static final int RECENT_COUNT = 12;
  private static final Duration MAX_CALL_TIME = Duration.ofSeconds(5);
  private static final long MICROS_PER_MILLI = 1_000;
  private static final Duration MIN_TTL_DELAY = Duration.ofHours(23);
  private static final Duration MAX_TTL_DELAY = Duration.ofHours(25);

  private final SimulatedTable table;
  private final String name;
  private final List<TrackedLock> trackedLocks = new ArrayList<>();
  private final WorldKind worldKind;
  private final EventStatistics statistics;
  private final HistoryRecorder history;
  private int operatorDeletions;

  SafetyChecker(
      WorldKind worldKind,
      SimulatedTable table,
      String name,
      HistoryRecorder history,
      EventStatistics statistics) {
    this.worldKind = worldKind;
    this.table = table;
    this.name = name;
    this.history = history;
    this.statistics = statistics;
  }

  WorldKind worldKind() {
    return worldKind;
  }

  ClockSkewChecker clockSkewChecker() {
    return new ClockSkewChecker(worldKind);
  }

  /** Records a request for the lock and returns its time. */
  long recordRequest() {
    return history.nextMicros();
  }

  /**
   * Returns the timeline of a newly acquired lock. After an operator has deleted the row, tokens
   * start again, so the history uses another name.
   */
  HoldTimeline newTimeline(long requestedAt) {
    return new HoldTimeline(
        history, name + " after " + operatorDeletions + " deletions", requestedAt);
  }

  /** Checks the history of all hosts. */
  void checkHistory() {
    history.check(trackedLocks, worldKind.hasValidClocks());
  }

  long trueMicros() {
    return history.trueMicros();
  }

  /** Returns the earliest end of a retention, by the clock that is furthest ahead. */
  long completedUntil(long completedMicros, long retentionMillis) {
    Duration minRetention = Duration.ofMillis(retentionMillis).minus(worldKind.maxSkew());
    return completedMicros + TimeUnit.NANOSECONDS.toMicros(minRetention.toNanos());
  }

  List<TrackedLock> trackedLocks() {
    return trackedLocks;
  }

  TableRow row() {
    return new TableRow(table.row(name).orElse(Map.of()));
  }

  void recordAcquired(TrackedLock trackedLock) {
    trackedLocks.add(trackedLock);
    checkSingleHolder();
    if (!worldKind.hasValidClocks() && currentHolders().size() > 1) {
      statistics.count(Event.CONCURRENT_HOLDERS);
    }
  }

  /** Checks that at most one host holds the lock, and that the row names it. */
  void checkSingleHolder() {
    if (!worldKind.hasValidClocks()) {
      return;
    }
    List<TrackedLock> held = currentHolders();
    require(
        held.size() <= 1, "two holders at once", held.stream().map(TrackedLock::holder).toList());
    for (TrackedLock trackedLock : held) {
      boolean named = trackedLock.inUse() || row().hasState("HELD", trackedLock.holder());
      require(named, "holder is not named by the row", trackedLock.holder());
    }
  }

  /** Returns the current holders. Only recent locks can be held. */
  private List<TrackedLock> currentHolders() {
    List<TrackedLock> held = new ArrayList<>();
    for (TrackedLock trackedLock : recentLocks()) {
      if (trackedLock.observeHeld()) {
        held.add(trackedLock);
      }
    }
    return held;
  }

  private List<TrackedLock> recentLocks() {
    return trackedLocks.subList(
        Math.max(0, trackedLocks.size() - RECENT_COUNT), trackedLocks.size());
  }

  /**
   * Checks that tokens that were read increase in the order of acquisition. With invalid clocks, a
   * reply may arrive after the acquisition of a successor; the check of the history covers that
   * case.
   */
  void checkTokensIncrease() {
    if (!worldKind.hasValidClocks()) {
      return;
    }
    long largest = 0;
    for (TrackedLock trackedLock : trackedLocks) {
      long token = trackedLock.lastSeenToken().orElse(largest + 1);
      if (token <= largest) {
        throw new AssertionError("tokens must increase: " + seenTokens());
      }
      largest = trackedLock.lastSeenToken().isPresent() ? token : largest;
    }
  }

  private List<OptionalLong> seenTokens() {
    return trackedLocks.stream().map(TrackedLock::lastSeenToken).toList();
  }

  /** Checks that a lock is no longer held when another holder replaces its row. */
  void checkReplacedLockNotHeld(TableRow replaced) {
    if (worldKind.hasValidClocks()) {
      for (TrackedLock trackedLock : recentLocks()) {
        boolean isReplaced = trackedLock.holder().equals(replaced.text("holder"));
        require(
            !isReplaced || !trackedLock.observeHeld(),
            "row replaced while the lock was held",
            replaced);
      }
    }
  }

  /** Records that an operator has deleted the row, so that tokens start again. */
  void recordOperatorDeletion() {
    operatorDeletions++;
    trackedLocks.forEach(TrackedLock::resetToken);
  }

  void checkRenewed(TrackedLock trackedLock, long leaseMillis) {
    boolean isStored =
        row().hasState("HELD", trackedLock.holder()) && row().number("lease_ms") == leaseMillis;
    require(
        isStored || !worldKind.hasValidClocks() || !trackedLock.observeHeld(),
        "renewed, but the row is not",
        trackedLock.holder());
  }

  /**
   * Checks a release without interleaved steps. With interleaved steps, a duplicate of the acquire
   * request may restore the deleted row. Where clocks are wrong, the undo of an acquire may restore
   * the row of a lock that was lost.
   */
  void checkReleased(TrackedLock trackedLock, ReleaseOutcome outcome) {
    boolean stillHeld = row().hasState("HELD", trackedLock.holder());
    boolean mustEnd =
        worldKind.hasValidClocks()
            ? outcome != ReleaseOutcome.UNKNOWN
            : outcome == ReleaseOutcome.RELEASED;
    require(!stillHeld || !mustEnd, "row still held after", outcome);
  }

  /**
   * Checks that a lock was reported as lost for a reason. If the row is still its own, and no other
   * step was interleaved, its lease must have ended.
   */
  void checkLossIsReal(TableRow rowBefore, TrackedLock trackedLock, Duration remainingBefore) {
    TableRow rowNow = row();
    boolean isStillOwn =
        rowBefore.hasState("HELD", trackedLock.holder())
            && rowNow.text("holder").equals(trackedLock.holder());
    boolean hadTime =
        remainingBefore.compareTo(MAX_CALL_TIME) > 0
            && rowNow.number("lease_ms") > MAX_CALL_TIME.toMillis();
    boolean mayNotBeLost =
        worldKind.hasValidClocks() || (worldKind.detectsSkew() && trackedLock.hasRightClock());
    require(
        !(isStillOwn && hadTime && mayNotBeLost),
        "lock reported as lost, but not lost",
        trackedLock.holder());
  }

  void checkNotHeldAfterLoss(TrackedLock trackedLock) {
    require(!trackedLock.lock().isHeld(), "lost, but still held", trackedLock.holder());
  }

  /** Checks the outcome of an acquire without interleaved steps. */
  void checkAcquisition(Acquisition acquisition, Instant wall, String holder) {
    if (acquisition instanceof Acquisition.Busy busy) {
      boolean named = row().hasState("HELD", busy.holder().description());
      require(named, "busy, but no such holder", busy);
      require(!busy.holder().description().equals(holder), "busy because of its own row", busy);
    }
    if (acquisition instanceof Acquisition.Completed completed) {
      boolean isStored =
          row().hasState("COMPLETED") && wall.isBefore(completed.completion().expiresAt());
      require(isStored, "reported as completed, but not completed", completed);
    }
  }

  /** Checks a completion without interleaved steps. */
  void checkCompleted(TrackedLock trackedLock) {
    require(
        row().hasState("COMPLETED", trackedLock.holder()),
        "completed, but the row is not",
        trackedLock.holder());
  }

  /**
   * Checks that a call on a lock leaves the row of another holder, if no other step was
   * interleaved.
   */
  void checkOtherRowUnchanged(TableRow rowBefore, TrackedLock trackedLock) {
    boolean isOwn = rowBefore.text("holder").equals(trackedLock.holder());
    require(
        isOwn || row().equals(rowBefore), "row of another holder changed", trackedLock.holder());
  }

  /** Checks that renewals leave the row of another host, if no other step was interleaved. */
  void checkOtherRowUnchanged(TableRow rowBefore, Host host) {
    boolean isOwn = rowBefore.text("holder").startsWith(host.label() + " #");
    require(isOwn || row().equals(rowBefore), "row of another holder renewed", host.label());
  }

  /** Returns whether a call on one of the host's locks is in progress. */
  boolean isCallInProgress(Host host) {
    return host.renewalScheduler().isRunning()
        || trackedLocks.stream()
            .anyMatch(trackedLock -> trackedLock.belongsTo(host) && trackedLock.inUse());
  }

  /**
   * Checks that each remaining row has a time to live, which is about a day after its end and its
   * token.
   */
  void checkRemainingRows() {
    for (Map<String, AttributeValue> attributes : table.rows().values()) {
      TableRow row = new TableRow(attributes);
      long tokenMillis = row.number("token") / MICROS_PER_MILLI;
      long endMillis = Math.max(row.number("expires_at"), tokenMillis);
      Duration ttlDelay = Duration.ofSeconds(row.number("ttl")).minusMillis(endMillis);
      boolean expiresInTime =
          ttlDelay.compareTo(MIN_TTL_DELAY) >= 0 && ttlDelay.compareTo(MAX_TTL_DELAY) <= 0;
      require(expiresInTime || worldKind == WorldKind.MIXED, "time to live out of range", row);
    }
  }
}
