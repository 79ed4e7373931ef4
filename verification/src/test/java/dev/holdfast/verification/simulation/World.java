package dev.holdfast.verification.simulation;

import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.verification.support.Invariant;
import dev.holdfast.verification.support.SeededRandom;
import dev.holdfast.verification.support.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/**
 * Several hosts, one name, and a network with faults. The world runs one schedule from a seed in
 * one thread. Steps of other hosts run inside a request, while it is in progress. A lock counts as
 * held until the clocks of its host end its lease, also if its owner never uses it again.
 */
final class World {
  private static final Instant NOON = Instant.parse("2040-01-01T12:00:00Z");
  private static final String LOCK_NAME = "order-42";
  private static final int MIN_WRITES = 300;
  private static final int MIN_LOCKS = 8;
  private static final int MAX_STEPS = 5_000;

  /** A release or completion is repeated with a backoff for up to ten seconds. */
  private static final int MAX_ATTEMPTS = 60;

  private static final int MAX_DEPTH = 2;
  private static final Duration MAX_RETENTION = Duration.ofSeconds(5);
  private static final int MAX_SHORT_PAUSE_MILLIS = 500;
  private static final int MAX_PAUSE_MILLIS = 6_000;
  private static final int MAX_LONG_PAUSE_MILLIS = 30_000;

  private final WorldKind worldKind;
  private final Random random;
  private final EventStatistics statistics;
  private final EventStatistics totalStatistics;
  private final TimedTrace timedTrace;
  private final ManualClock trueTime = ManualClock.at(NOON);
  private final SimulatedTable table = SimulatedTable.named("locks", trueTime);
  private final HistoryRecorder history = new HistoryRecorder(trueTime);
  private final SafetyChecker checker;
  private final WriteChecker writeChecker;
  private final SimulatedNetwork network;
  private final HostPool hosts;
  private final AcquireActions acquireActions;
  private final HolderActions holderActions;
  private final FencedCounter fencedCounter;
  private final EventProcessingActions eventActions;
  private final SemaphoreAndMultiLockActions sharedLockActions;
  private int depth;

  World(Schedule schedule, EventStatistics totalStatistics, Trace trace) {
    this.worldKind = schedule.worldKind();
    this.random = SeededRandom.create(schedule.seed());
    this.timedTrace = new TimedTrace(trace, trueTime);
    this.statistics = new EventStatistics(timedTrace);
    this.totalStatistics = totalStatistics;
    this.network =
        new SimulatedNetwork(worldKind, random, table.faults(), this::runInterleavedStep);
    int retries = random.nextInt(2);
    table.withRetries(retries);
    this.checker = new SafetyChecker(worldKind, table, LOCK_NAME, history, statistics);
    this.writeChecker =
        new WriteChecker(worldKind, this::latestWallTime, checker::checkReplacedLockNotHeld);
    table.onChange(writeChecker);
    if (worldKind.showsServerDate() && schedule.mutant() != Mutant.SERVER_DATE_IGNORED) {
      table.serverTime(new ServerDateSource(trueTime, random));
    }
    CallRunner callRunner =
        new CallRunner(checker, network, statistics, MAX_ATTEMPTS * (1 + retries));
    this.acquireActions = new AcquireActions(random, callRunner, trueTime, LOCK_NAME);
    this.fencedCounter = new FencedCounter(statistics, history);
    this.holderActions = new HolderActions(random, callRunner, fencedCounter);
    this.eventActions = new EventProcessingActions(random, callRunner, trueTime);
    this.sharedLockActions = new SemaphoreAndMultiLockActions(worldKind, random, callRunner);
    this.hosts = new HostPool(schedule, random, table, network, statistics);
  }

  /** Runs until enough has happened, then stops all faults and lets every host acquire the lock. */
  void run() {
    try {
      for (int i = 0; i < MAX_STEPS && !hasEnoughActivity(); i++) {
        network.stopFaults();
        network.scheduleNextFaults();
        step();
        if (worldKind.delaysRequests() && random.nextBoolean()) {
          deliverPending();
        }
      }
      network.stopFaults();
      acquireOnEveryHost();
      checker.checkHistory();
      checker.checkRemainingRows();
      Invariant.require(
          table.counts().unsupported() == 0,
          "requests other than PutItem and DeleteItem",
          table.counts());
      Invariant.require(hasEnoughActivity(), "too little activity", table.counts());
    } finally {
      statistics.add(table.faults());
      statistics.addWrites(writeCount());
      totalStatistics.add(statistics);
    }
  }

  private boolean hasEnoughActivity() {
    return writeCount() >= MIN_WRITES && checker.trackedLocks().size() >= MIN_LOCKS;
  }

  /** Returns the number of writes that reached the table. */
  private int writeCount() {
    return table.counts().puts() + table.counts().deletes();
  }

  private void step() {
    Host host = hosts.randomHost();
    switch (random.nextInt(23)) {
      case 0, 1, 2, 3 -> acquireActions.tryAcquire(host);
      case 4 -> acquireActions.acquire(host);
      case 5, 6 -> {
        statistics.count(Event.PAUSED);
        advanceTime(Duration.ofMillis(random.nextInt(MAX_PAUSE_MILLIS)));
      }
      case 7 -> advanceTime(Duration.ofMillis(random.nextInt(MAX_SHORT_PAUSE_MILLIS)));
      case 8 -> deliverPending();
      case 9 -> hosts.disturbClock(host);
      case 10 -> expireRow();
      case 11 -> transferLock(host);
      case 12 -> injectRareFault(host);
      case 13 -> eventActions.deliverTo(host);
      case 14, 15 -> sharedLockActions.runRandomAction(host);
      case 16, 17 -> runRenewals(host);
      default -> holderActions.useRandomLock();
    }
    checker.checkTokensIncrease();
    checker.checkSingleHolder();
    sharedLockActions.checkHolderLimits();
  }

  /** Runs the due renewals of a host, unless it is frozen. */
  private void runRenewals(Host host) {
    if (!host.clock().isFrozen() && !checker.isCallInProgress(host)) {
      TableRow rowBefore = checker.row();
      int interleavedBefore = network.interleavedCount();
      host.renewalScheduler().runDueRenewals();
      if (network.interleavedCount() == interleavedBefore) {
        checker.checkOtherRowUnchanged(rowBefore, host);
      }
    }
  }

  private void runInterleavedStep() {
    if (depth < MAX_DEPTH) {
      depth++;
      statistics.count(Event.INTERLEAVED_STEP);
      step();
      depth--;
    }
  }

  private Instant latestWallTime() {
    return trueTime.wallTime().plus(worldKind.maxSkew());
  }

  private void advanceTime(Duration duration) {
    trueTime.advance(duration);
  }

  private void deliverPending() {
    int reorderedBefore = network.reorderedCount();
    if (network.deliverPending()) {
      if (network.reorderedCount() > reorderedBefore) {
        statistics.count(Event.REORDERED);
      }
      statistics.count(Event.DELIVERED_AFTER_DELAY);
    }
  }

  /**
   * Lets the table delete a row after its time to live, or a marker in a world that deletes markers
   * early.
   */
  private void expireRow() {
    if (random.nextInt(4) > 0) {
      return;
    }
    if (worldKind.keepsRows()) {
      network.dropPending();
      advanceTime(Duration.ofDays(1 + random.nextInt(2)));
    }
    long ttl = checker.row().number("ttl");
    boolean expired = ttl > 0 && ttl < trueTime.wallTime().getEpochSecond();
    if (expired || (!worldKind.keepsRows() && checker.row().hasState("FREE"))) {
      statistics.count(Event.EXPIRED_ROW_DELETED);
      table.delete(LOCK_NAME);
      writeChecker.reset();
    }
  }

  private void injectRareFault(Host host) {
    switch (random.nextInt(5)) {
      case 0 -> hosts.crash(host);
      case 4 -> hosts.restoreSnapshot();
      case 1 -> {
        statistics.count(Event.PAUSED_LONG);
        advanceTime(Duration.ofMillis(random.nextInt(MAX_LONG_PAUSE_MILLIS)));
      }
      case 2 -> deleteAsOperator();
      default -> deliverPending();
    }
  }

  /**
   * Deletes a row without a holder, as an operator may, so that only tokens are lost. In a world of
   * many late copies, the network loses them first.
   */
  private void deleteAsOperator() {
    TableRow row = checker.row();
    if (random.nextInt(4) == 0
        && row.hasState("FREE")
        && worldKind.keepsRows()
        && (network.isIdle() || worldKind.detectsSkew())) {
      network.dropPending();
      statistics.count(Event.DELETED_BY_OPERATOR);
      timedTrace.log(() -> "an operator deletes the row");
      table.delete(LOCK_NAME);
      writeChecker.reset();
      checker.recordOperatorDeletion();
      fencedCounter.resetTokens();
    }
  }

  private void transferLock(Host host) {
    int interleavedBefore = network.interleavedCount();
    Optional<String> transfer = holderActions.transfer();
    boolean undisturbed = network.interleavedCount() == interleavedBefore;
    TableRow rowAtTransfer =
        undisturbed && worldKind.hasValidClocks() ? checker.row() : TableRow.UNKNOWN;
    transfer.ifPresent(text -> acquireActions.resume(host, text, rowAtTransfer));
    if (random.nextInt(4) == 0) {
      transfer.ifPresent(text -> acquireActions.resume(host, text, rowAtTransfer));
    }
  }

  /**
   * Lets every host acquire the lock. Detected clock skew is corrected first. A remaining row
   * blocks at most until the end of its lease, or of its retention by the slowest wall clock. A
   * retention starts at most as late as the monotonic clock of its host is ahead.
   */
  private void acquireOnEveryHost() {
    double maxDriftNanos = trueTime.monotonicNanos() * worldKind.maxDrift();
    advanceTime(
        worldKind.maxSkew().plus(MAX_RETENTION).plus(Duration.ofNanos((long) maxDriftNanos)));
    for (Host host : hosts.allHosts()) {
      host.clock().correctSkew();
      acquireActions.acquireAfterFaults(host);
    }
  }
}
