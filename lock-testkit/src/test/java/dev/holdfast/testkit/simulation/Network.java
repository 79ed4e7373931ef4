package dev.holdfast.testkit.simulation;

import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.Faults;
import dev.holdfast.testkit.HeldRequest;
import dev.holdfast.testkit.RequestFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What happens to the next requests, as the seed says. */
final class Network {
  private static final List<Fault> LATE =
      List.of(
          Fault.REQUEST_HELD,
          Fault.REQUEST_HELD,
          Fault.DUPLICATED,
          Fault.DUPLICATED,
          Fault.REPLY_LOST);
  private static final int OUTAGE_IN = 20;
  private static final int ENTRIES_MAX = 3;

  private final Worlds kind;
  private final Random random;
  private final Faults script;
  private final Runnable elsewhere;
  private final List<HeldRequest> underWay = new ArrayList<>();
  private int happened;
  private int overtook;

  /**
   * The way to a table.
   *
   * @param elsewhere what others do while a request is under way
   */
  Network(Worlds kind, Random random, Faults script, Runnable elsewhere) {
    this.kind = kind;
    this.random = random;
    this.script = script;
    this.elsewhere = elsewhere;
  }

  void drawNext() {
    switch (random.nextInt(OUTAGE_IN)) {
      case 0 -> script.every(drawn(RequestFaults.OUTAGES));
      case 1 -> script.nextFailsAfterApplying().every(Fault.UNREACHABLE);
      default -> {}
    }
    for (int entries = random.nextInt(ENTRIES_MAX + 1); entries > 0; entries--) {
      draw();
    }
  }

  private void draw() {
    switch (random.nextInt(6)) {
      case 0, 1 -> draw(drawn(kind.isSlow() ? LATE : RequestFaults.SINGLE));
      case 2 -> script.beforeNextApplies(this::happensElsewhere);
      case 3 -> script.beforeNextReply(this::happensElsewhere);
      default -> script.nextPasses();
    }
  }

  private Fault drawn(List<Fault> faults) {
    return faults.get(random.nextInt(faults.size()));
  }

  private void draw(Fault fault) {
    switch (fault) {
      case REQUEST_HELD -> underWay.add(script.nextRequestHeld());
      case DUPLICATED -> underWay.add(script.nextDuplicated());
      default -> script.next(fault);
    }
  }

  /** From now on all goes well, apart from what is under way. */
  void calm() {
    script.clear();
    underWay.removeIf(request -> !request.isUnderWay());
  }

  private void happensElsewhere() {
    happened++;
    elsewhere.run();
  }

  /** Nothing is under way for days. */
  void forgetWhatIsUnderWay() {
    underWay.clear();
  }

  /** How often others did something while a request was under way. */
  int happenedElsewhere() {
    return happened;
  }

  /** One request or copy that is under way arrives, if there is one. */
  boolean deliver() {
    List<HeldRequest> sent = underWay.stream().filter(HeldRequest::isUnderWay).toList();
    if (sent.isEmpty()) {
      return false;
    }
    int which = random.nextInt(sent.size());
    overtook += which > 0 ? 1 : 0;
    underWay.remove(sent.get(which));
    sent.get(which).deliver();
    return true;
  }

  /** How often a request was overtaken by a later one. */
  int overtook() {
    return overtook;
  }

  /** Whether nothing is under way. */
  boolean isQuiet() {
    return underWay.stream().noneMatch(HeldRequest::isUnderWay);
  }

  int sendings() {
    int all = 0;
    for (Fault fault : Fault.values()) {
      all += script.injected(fault);
    }
    return all;
  }
}
