package dev.holdfast.testkit.simulation;

import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.Seeds;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.testkit.Story;
import java.time.Duration;
import java.time.Instant;
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
  private static final int WRITES = 300;
  private static final int GRANTS = 8;
  private static final int STEPS_MAX = 5_000;
  private static final int SENDINGS_MAX = 2;
  private static final int DEPTH_MAX = 2;
  private static final Duration WINDOW_MAX = Duration.ofSeconds(5);
  private static final int SHORT_PAUSE_MILLIS = 500;
  private static final int PAUSE_MILLIS = 6_000;
  private static final int LONG_PAUSE_MILLIS = 30_000;

  private final Worlds kind;
  private final Random random;
  private final Tally tally;
  private final Tally total;
  private final Telling telling;
  private final ManualTime truth = ManualTime.at(NOON);
  private final SimulatedTable table = SimulatedTable.named("locks", truth);
  private final Records records = new Records(truth);
  private final Judge judge;
  private final Changes changes;
  private final Network network;
  private final Hosts hosts;
  private final Askers askers;
  private final Owners owners;
  private final Fencing fencing;
  private final Workers workers;
  private final Shared shared;
  private int depth;

  World(Schedule schedule, Tally total, Story story) {
    this.kind = schedule.kind();
    this.random = Seeds.random(schedule.seed());
    this.telling = new Telling(story, truth);
    this.tally = new Tally(telling);
    this.total = total;
    this.network = new Network(kind, random, table.faults(), this::meanwhile);
    int resends = random.nextInt(2);
    table.resending(resends);
    this.judge = new Judge(kind, table, NAME, records, tally);
    this.changes = new Changes(kind, this::latest, judge::checkNobodyBelieves);
    table.onChange(changes);
    if (kind.isDated() && schedule.rule() != BadRule.IGNORES_WHAT_REPLIES_SAY_OF_ITS_CLOCK) {
      table.dating(new FrontEnd(truth, random));
    }
    Calls calls = new Calls(judge, network, tally, SENDINGS_MAX * (1 + resends));
    this.askers = new Askers(random, calls, truth, NAME);
    this.fencing = new Fencing(tally, records);
    this.owners = new Owners(random, calls, fencing);
    this.workers = new Workers(random, calls, truth);
    this.shared = new Shared(kind, random, calls);
    this.hosts = new Hosts(schedule, random, table, tally);
  }

  /** Runs until enough has happened, then all faults stop and everybody must be served. */
  void run() {
    try {
      for (int i = 0; i < STEPS_MAX && !isEnough(); i++) {
        network.calm();
        network.drawNext();
        step();
        if (kind.isSlow() && random.nextBoolean()) {
          deliver();
        }
      }
      network.calm();
      serveEverybody();
      judge.checkHistory();
      judge.checkLeftOver();
      Judge.require(table.counts().others() == 0, "more than puts and deletes", table.counts());
      Judge.require(isEnough(), "too little happened", table.counts());
    } finally {
      tally.add(table.faults());
      tally.addWrites(writes());
      total.add(tally);
    }
  }

  private boolean isEnough() {
    return writes() >= WRITES && judge.grants().size() >= GRANTS;
  }

  /** Those that reached the table. */
  private int writes() {
    return table.counts().puts() + table.counts().deletes();
  }

  private void step() {
    Host host = hosts.any();
    switch (random.nextInt(23)) {
      case 0, 1, 2, 3 -> askers.tries(host);
      case 4 -> askers.waits(host);
      case 5, 6 -> {
        tally.count(Event.PAUSED);
        pass(Duration.ofMillis(random.nextInt(PAUSE_MILLIS)));
      }
      case 7 -> pass(Duration.ofMillis(random.nextInt(SHORT_PAUSE_MILLIS)));
      case 8 -> deliver();
      case 9 -> hosts.disturb(host);
      case 10 -> age();
      case 11 -> handOver(host);
      case 12 -> rareTrouble(host);
      case 13 -> workers.deliverTo(host);
      case 14, 15 -> shared.use(host);
      case 16, 17 -> keepAlive(host);
      default -> owners.use();
    }
    judge.checkTokens();
    judge.checkHolders();
    shared.check();
  }

  /** The threads that keep locks alive run when they do; a frozen host has none that runs. */
  private void keepAlive(Host host) {
    if (!host.clock().isFrozen() && !judge.isInUse(host)) {
      Row before = judge.row();
      int elsewhere = network.happenedElsewhere();
      host.keeping().step();
      if (network.happenedElsewhere() == elsewhere) {
        judge.checkUntouched(before, host);
      }
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
    int overtook = network.overtook();
    if (network.deliver()) {
      if (network.overtook() > overtook) {
        tally.count(Event.OVERTAKEN);
      }
      tally.count(Event.DELIVERED_LATE);
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
      changes.forget();
    }
  }

  private void rareTrouble(Host host) {
    switch (random.nextInt(5)) {
      case 0 -> hosts.crash(host);
      case 4 -> hosts.restore();
      case 1 -> {
        tally.count(Event.PAUSED_LONG);
        pass(Duration.ofMillis(random.nextInt(LONG_PAUSE_MILLIS)));
      }
      case 2 -> deleteByHand();
      default -> deliver();
    }
  }

  /** An operator deletes a row that nobody holds, so that only what was remembered is lost. */
  private void deleteByHand() {
    Row row = judge.row();
    if (random.nextInt(4) == 0 && row.is("FREE") && kind.keepsRows() && network.isQuiet()) {
      tally.count(Event.DELETED_BY_HAND);
      telling.tell(() -> "an operator deletes the row");
      table.delete(NAME);
      changes.forget();
      judge.deletedByHand();
      fencing.tokensBeginAgain();
    }
  }

  private void handOver(Host host) {
    int elsewhere = network.happenedElsewhere();
    Optional<String> ticket = owners.ticket();
    boolean alone = network.happenedElsewhere() == elsewhere;
    Row given = alone && kind.keepsClocks() ? judge.row() : Row.UNKNOWN;
    ticket.ifPresent(text -> askers.redeems(host, text, given));
    if (random.nextInt(4) == 0) {
      ticket.ifPresent(text -> askers.redeems(host, text, given));
    }
  }

  /**
   * Clocks are right where that is asked of them. What is left blocks no longer than its lease, or
   * than its window by the slowest wall clock.
   */
  private void serveEverybody() {
    pass(kind.apartMax().plus(WINDOW_MAX));
    for (Host host : hosts.all()) {
      host.clock().synchronize();
      askers.isServed(host);
    }
  }
}
