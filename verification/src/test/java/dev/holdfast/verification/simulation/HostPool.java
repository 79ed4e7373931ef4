package dev.holdfast.verification.simulation;

import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.lock.internal.engine.DefaultLockClient;
import dev.holdfast.lock.internal.protocol.RandomSource;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.verification.engine.ManualRenewalScheduler;
import dev.holdfast.verification.support.SeededRandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The processes of one schedule, which crash, restart, and are restored from a snapshot. */
final class HostPool {
  private static final int COUNT = 3;

  private final Schedule schedule;
  private final Random random;
  private final SimulatedTable table;
  private final SimulatedNetwork network;
  private final EventStatistics statistics;
  private final TimedTrace timedTrace;
  private final List<Host> hosts = new ArrayList<>();
  private final ProcessSnapshot snapshot;

  HostPool(
      Schedule schedule,
      Random random,
      SimulatedTable table,
      SimulatedNetwork network,
      EventStatistics statistics) {
    this.schedule = schedule;
    this.random = random;
    this.table = table;
    this.network = network;
    this.statistics = statistics;
    this.timedTrace = statistics.timedTrace();
    for (int i = 0; i < COUNT; i++) {
      hosts.add(newHost(i));
    }
    this.snapshot = new ProcessSnapshot(schedule, random, this::newHost);
  }

  private Host newHost(int number) {
    String firstNonce = randomNonce();
    boolean reused = schedule.mutant() == Mutant.REUSED_NONCE;
    return newHost(
        number, new SeededRandomSource(random, () -> reused ? firstNonce : randomNonce()));
  }

  private String randomNonce() {
    return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
  }

  private Host newHost(int number, RandomSource randomSource) {
    HostTimeSource clock = new HostTimeSource(trueTime(), random, schedule, number);
    UndoneAcquires undoneAcquires =
        new UndoneAcquires(schedule, table, network, random, clock, statistics);
    HostDynamoDbClient client =
        new HostDynamoDbClient(table, schedule, clock, random, undoneAcquires, statistics);
    ManualRenewalScheduler renewalScheduler = new ManualRenewalScheduler(clock);
    LockClient lockClient =
        DefaultLockClient.withRandomSource(
                DynamoDbLockClient.create(client, "locks").withTimeSource(clock), randomSource)
            .withClockModel(schedule.worldKind().model(number));
    return new Host(clock, renewalScheduler.attach(lockClient), renewalScheduler);
  }

  private ManualClock trueTime() {
    return timedTrace.trueTime();
  }

  Host randomHost() {
    return hosts.get(random.nextInt(COUNT));
  }

  List<Host> allHosts() {
    return hosts;
  }

  /** Freezes a host that can freeze until its next call, or sets the wall clock of another host. */
  void disturbClock(Host host) {
    if (!host.clock().canFreeze()) {
      boolean forward = host.clock().resetWallClock();
      statistics.count(forward ? Event.CLOCK_SET_FORWARD : Event.CLOCK_SET_BACKWARD);
    } else {
      statistics.count(Event.HOST_FROZEN);
      host.clock().freeze();
    }
  }

  /** Crashes a host, which loses its observations. A new host takes its place, with new clocks. */
  void crash(Host host) {
    int number = hosts.indexOf(host);
    boolean restarts = random.nextBoolean();
    statistics.count(restarts ? Event.CRASHED_AND_RESTARTED : Event.CRASHED_PERMANENTLY);
    timedTrace.log(() -> host.label() + " crashes");
    host.clock().crash();
    hosts.set(number, newHost(number));
  }

  /** Replaces two hosts by two copies of the snapshot, at most once in a schedule. */
  void restoreSnapshot() {
    if (snapshot.isUsed()) {
      return;
    }
    statistics.count(Event.SNAPSHOT_RESTORED_TWICE);
    timedTrace.log(() -> "a snapshot is restored twice");
    List<Host> restored = snapshot.restore();
    for (int i = 0; i < restored.size(); i++) {
      hosts.get(COUNT - 1 - i).clock().crash();
      hosts.set(COUNT - 1 - i, restored.get(i));
    }
  }
}
