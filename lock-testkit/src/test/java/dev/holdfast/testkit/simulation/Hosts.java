package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.Locks;
import dev.holdfast.lock.SteppedKeeping;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.lock.protocol.Draws;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.SimulatedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The processes of one schedule: they crash, come back, and are restored from a snapshot. */
final class Hosts {
  private static final int COUNT = 3;

  private final Schedule schedule;
  private final Random random;
  private final SimulatedTable table;
  private final Tally tally;
  private final Telling telling;
  private final List<Host> hosts = new ArrayList<>();
  private final Snapshot snapshot;

  Hosts(Schedule schedule, Random random, SimulatedTable table, Tally tally) {
    this.schedule = schedule;
    this.random = random;
    this.table = table;
    this.tally = tally;
    this.telling = tally.telling();
    for (int i = 0; i < COUNT; i++) {
      hosts.add(host(i));
    }
    this.snapshot = new Snapshot(schedule, random, this::host);
  }

  private Host host(int number) {
    return host(number, new SeededDraws(random, schedule.rule()));
  }

  private Host host(int number, Draws draws) {
    HostClock clock = new HostClock(truth(), random, schedule, number);
    Door door = new Door(table, schedule, clock, random, tally);
    SteppedKeeping keeping = new SteppedKeeping(clock);
    Locks locks =
        DynamoDbLocks.on(door, "locks")
            .withTime(clock)
            .withDraws(draws)
            .withClockModel(schedule.kind().model(number));
    return new Host(clock, keeping.of(locks), keeping);
  }

  private ManualTime truth() {
    return telling.truth();
  }

  Host any() {
    return hosts.get(random.nextInt(COUNT));
  }

  List<Host> all() {
    return hosts;
  }

  /** One that freezes is frozen, until it has something to do; another one's clock is set. */
  void disturb(Host host) {
    if (!host.clock().freezes()) {
      boolean forward = host.clock().setWall();
      tally.count(forward ? Event.CLOCK_SET_FORWARD : Event.CLOCK_SET_BACK);
    } else {
      tally.count(Event.CLOCK_STOPPED);
      host.clock().freeze();
    }
  }

  /** Its memory is lost; it comes back with its clocks, or another host does in its place. */
  void crash(Host host) {
    int number = hosts.indexOf(host);
    boolean back = random.nextBoolean();
    tally.count(back ? Event.CRASHED_AND_BACK : Event.CRASHED_FOR_GOOD);
    telling.tell(() -> host.label() + " crashes");
    host.clock().crash();
    hosts.set(number, host(number));
  }

  /** Two hosts are replaced by two that come from one snapshot; there is one snapshot only. */
  void restore() {
    if (snapshot.isTaken()) {
      return;
    }
    tally.count(Event.RESTORED_TWICE);
    telling.tell(() -> "a snapshot is restored twice");
    List<Host> restored = snapshot.restored();
    for (int i = 0; i < restored.size(); i++) {
      hosts.get(COUNT - 1 - i).clock().crash();
      hosts.set(COUNT - 1 - i, restored.get(i));
    }
  }
}
