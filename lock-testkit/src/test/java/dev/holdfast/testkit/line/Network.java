package dev.holdfast.testkit.line;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.Faults;
import dev.holdfast.testkit.HeldRequest;
import dev.holdfast.testkit.RequestFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What happens to each request, as the seed says. Used by one thread at a time. */
final class Network {
  private static final int[] FAULTY_IN = {8, 15, 200};
  private static final int OUTAGE_IN = 200;
  private static final int OUTAGE_MILLIS = 3_000;
  private static final int LATE_MILLIS = 8_000;
  private static final int[] HALF_WAY_MICROS = {2_000, 15_000, 60_000};
  private static final int HALF_WAY_MICROS_MIN = 500;

  private final TimeSource time;
  private final Random random;
  private final Faults script;
  private final Tally tally;
  private final int faultyIn;
  private final int halfWayMicros;
  private final List<Late> underWay = new ArrayList<>();
  private Fault outage = Fault.NONE;
  private long outageEndNanos;
  private boolean calm;

  /** A request that arrives after its client gave up. */
  private record Late(HeldRequest request, long atNanos) {
    boolean isDue(long now) {
      return request.isUnderWay() && now >= atNanos;
    }
  }

  Network(TimeSource time, Random random, Faults script, Tally tally) {
    this.time = time;
    this.random = random;
    this.script = script;
    this.tally = tally;
    this.faultyIn = FAULTY_IN[random.nextInt(FAULTY_IN.length)];
    this.halfWayMicros = HALF_WAY_MICROS[random.nextInt(HALF_WAY_MICROS.length)];
  }

  /** How long a request or a reply is on its way. */
  Duration halfWay() {
    int micros = HALF_WAY_MICROS_MIN + random.nextInt(halfWayMicros);
    return Duration.ofNanos(micros * 1_000L);
  }

  /** Whether what an interrupted client was sending gets there all the same. */
  boolean arrivesAllTheSame() {
    return random.nextBoolean();
  }

  /** What happens to the request that reaches the table next. */
  void drawNext() {
    long now = time.monotonicNanos();
    if (calm) {
      return;
    }
    if (now >= outageEndNanos && random.nextInt(OUTAGE_IN) == 0) {
      tally.count(Event.OUTAGE);
      outage = RequestFaults.OUTAGES.get(random.nextInt(RequestFaults.OUTAGES.size()));
      outageEndNanos = now + millis(random.nextInt(OUTAGE_MILLIS));
    }
    if (now < outageEndNanos) {
      script.next(outage);
    } else if (random.nextInt(faultyIn) == 0) {
      draw(RequestFaults.SINGLE.get(random.nextInt(RequestFaults.SINGLE.size())), now);
    } else {
      script.nextPasses();
    }
  }

  private void draw(Fault fault, long now) {
    long at = now + millis(random.nextInt(LATE_MILLIS));
    switch (fault) {
      case REQUEST_HELD -> underWay.add(new Late(script.nextRequestHeld(), at));
      case DUPLICATED -> underWay.add(new Late(script.nextDuplicated(), at));
      default -> script.next(fault);
    }
  }

  private static long millis(int millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  /** Requests and copies that are due arrive now, in the order in which they were sent. */
  void deliverWhatIsDue() {
    long now = time.monotonicNanos();
    List<Late> due = underWay.stream().filter(late -> late.isDue(now)).toList();
    underWay.removeAll(due);
    for (Late late : due) {
      tally.count(Event.DELIVERED_LATE);
      late.request().deliver();
    }
  }

  /** From now on all goes well, apart from what is under way. */
  void calm() {
    calm = true;
  }
}
