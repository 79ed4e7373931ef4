package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Some hosts, one name, and a network that loses, delays and answers wrongly: one schedule, drawn
 * from a seed, in one thread. What others do while a request is under way happens inside of it. A
 * hold counts until its own clocks say that it is over, also where its owner never comes back.
 */
final class World {
  private static final Instant NOON = Instant.parse("2040-01-01T12:00:00Z");
  private static final String NAME = "order-42";
  private static final int HOSTS = 3;
  private static final int SENDINGS_MAX = 2;
  private static final int DEPTH_MAX = 2;
  private static final Duration LONG_ENOUGH = Duration.ofHours(12);
  private static final int SHORT_PAUSE_MILLIS = 500;
  private static final int PAUSE_MILLIS = 6_000;

  private final Worlds kind;
  private final Random random;
  private final Tally tally;
  private final ManualTime truth = ManualTime.at(NOON);
  private final SimulatedTable table = SimulatedTable.named("locks", truth);
  private final Judge judge = new Judge(table, NAME);
  private final Network network;
  private final List<Host> hosts = new ArrayList<>();
  private final Askers askers;
  private final Owners owners;
  private int depth;

  World(Worlds kind, long seed, Tally tally) {
    this.kind = kind;
    this.random = new Random(seed);
    this.tally = tally;
    this.network = new Network(random, table.faults(), this::meanwhile);
    int resends = random.nextInt(2);
    table.resending(resends);
    Calls calls = new Calls(judge, network, tally, SENDINGS_MAX * (1 + resends));
    this.askers = new Askers(random, calls, truth, NAME);
    this.owners = new Owners(random, calls);
    for (int i = 0; i < HOSTS; i++) {
      hosts.add(host(i));
    }
  }

  private Host host(int number) {
    HostClock clock = new HostClock(truth, random, kind.apartMax());
    var locks = DynamoDbLocks.on(table, "locks").withTime(clock).withClockModel(kind.model(number));
    return new Host("host " + number, clock, locks, random.nextBoolean());
  }

  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      network.calm();
      network.drawNext();
      step();
    }
    network.calm();
    serveEverybody();
    Judge.require(table.counts().others() == 0, "more than puts and deletes", table.counts());
    tally.add(table.faults());
  }

  private void step() {
    Host host = hosts.get(random.nextInt(HOSTS));
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> askers.tries(host);
      case 4 -> askers.waits(host);
      case 5, 6 -> pass(Duration.ofMillis(random.nextInt(PAUSE_MILLIS)));
      case 7 -> pass(Duration.ofMillis(random.nextInt(SHORT_PAUSE_MILLIS)));
      case 8 -> deliver();
      case 9 -> disturb(host);
      case 10 -> age();
      case 11 -> handOver(host);
      default -> owners.use();
    }
    judge.checkRow(latest());
    judge.checkTokens();
    if (random.nextBoolean()) {
      judge.checkHolders();
    }
  }

  private void meanwhile() {
    if (depth < DEPTH_MAX) {
      depth++;
      tally.count(Event.MEANWHILE);
      step();
      depth--;
    }
  }

  private Instant latest() {
    return truth.wall().plus(kind.apartMax());
  }

  private void pass(Duration duration) {
    truth.advance(duration);
  }

  private void deliver() {
    if (network.deliver()) {
      tally.count(Event.DELIVERED_LATE);
    }
  }

  private void disturb(Host host) {
    if (!host.freezes()) {
      tally.count(Event.CLOCK_SET);
      host.clock().setWall();
    } else {
      tally.count(Event.CLOCK_STOPPED);
      host.clock().freeze();
    }
  }

  /** Days later the table deletes a row whose time to live is over, or, if it is bad, a marker. */
  private void age() {
    if (random.nextInt(4) > 0) {
      return;
    }
    if (kind.keepsRows()) {
      network.forgetWhatIsUnderWay();
      pass(Duration.ofDays(1 + random.nextInt(2)));
    }
    long ttl = judge.row().number("ttl");
    boolean over = ttl > 0 && ttl < truth.wall().getEpochSecond();
    if (over || (!kind.keepsRows() && judge.row().is("FREE"))) {
      tally.count(Event.EXPIRED_ROW_DELETED);
      table.delete(NAME);
      judge.forgotten();
    }
  }

  private void handOver(Host host) {
    Optional<String> ticket = owners.ticket();
    ticket.ifPresent(text -> askers.redeems(host, text));
    if (random.nextInt(4) == 0) {
      ticket.ifPresent(text -> askers.redeems(host, text));
    }
  }

  private void serveEverybody() {
    for (Host host : hosts) {
      pass(LONG_ENOUGH);
      askers.isServed(host);
    }
  }
}
