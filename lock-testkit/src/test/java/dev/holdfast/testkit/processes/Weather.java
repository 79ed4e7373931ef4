package dev.holdfast.testkit.processes;

import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.Faults;
import dev.holdfast.testkit.HeldRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/** Faults on the wire, as a seed says; what it holds back arrives later, or never. */
final class Weather {
  private static final List<Fault> AT_ONCE =
      List.of(
          Fault.REQUEST_LOST,
          Fault.REPLY_LOST,
          Fault.FAILED_BEFORE_APPLYING,
          Fault.FAILED_AFTER_APPLYING,
          Fault.THROTTLED,
          Fault.DENIED);
  private static final List<Fault> HELD =
      List.of(Fault.REQUEST_HELD, Fault.REPLY_HELD, Fault.DUPLICATED);
  private static final int GOOD_BETWEEN_MAX = 16;
  private static final int ENTRIES = 12;

  private final Faults faults;
  private final Random random;
  private final List<HeldRequest> held = new ArrayList<>();

  Weather(Faults faults, Random random) {
    this.faults = faults;
    this.random = random;
  }

  /** More entries for the script than are used up until the next time. */
  void goOn() {
    for (int i = 0; i < ENTRIES; i++) {
      for (int good = random.nextInt(GOOD_BETWEEN_MAX); good >= 0; good--) {
        faults.nextPasses();
      }
      if (random.nextInt(3) == 0) {
        List<Supplier<HeldRequest>> kinds =
            List.of(faults::nextRequestHeld, faults::nextReplyHeld, faults::nextDuplicated);
        held.add(kinds.get(random.nextInt(kinds.size())).get());
      } else {
        faults.next(AT_ONCE.get(random.nextInt(AT_ONCE.size())));
      }
    }
  }

  /** Half of what is under way arrives, in any order. */
  void deliverSome() {
    List<HeldRequest> arrived =
        held.stream().filter(each -> each.isUnderWay() && random.nextBoolean()).toList();
    held.removeAll(arrived);
    arrived.forEach(HeldRequest::deliver);
  }

  /** From now on all goes well, and all that was held back arrives. */
  void calm() {
    faults.clear();
    held.stream().filter(HeldRequest::isUnderWay).forEach(HeldRequest::deliver);
    held.clear();
  }

  int injected() {
    return AT_ONCE.stream().mapToInt(faults::injected).sum()
        + HELD.stream().mapToInt(faults::injected).sum();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    AT_ONCE.forEach(each -> append(text, each));
    HELD.forEach(each -> append(text, each));
    return text.toString();
  }

  private void append(StringBuilder text, Fault fault) {
    text.append(text.isEmpty() ? "" : ", ");
    text.append(fault.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    text.append(' ').append(faults.injected(fault));
  }
}
