package dev.holdfast.testkit.history;

import dev.holdfast.testkit.history.Said.Attempted;
import dev.holdfast.testkit.history.Said.Believed;
import dev.holdfast.testkit.history.Said.Completed;
import dev.holdfast.testkit.history.Said.Doubted;
import dev.holdfast.testkit.history.Said.Granted;
import dev.holdfast.testkit.history.Said.Written;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Knows nothing of rules, rows or leases: looks at what hosts said, and at what the registers say
 * in the end, and lists what cannot be true together. Only what is certain counts against them:
 * what was answered before something else was asked, and a belief from the first answer that it is
 * held to the last question that got it.
 */
public final class History {
  private final List<Said> said;
  private final Map<String, Long> registers;
  private final Map<String, Granted> grants = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();

  /**
   * A history that is over.
   *
   * @param said what hosts said; the words of one host in their order
   * @param registers what each register says in the end, from 0 at the beginning
   */
  public History(List<Said> said, Map<String, Long> registers) {
    this.said = List.copyOf(said);
    this.registers = Map.copyOf(registers);
    of(Granted.class).forEach(grant -> grants.put(grant.hold(), grant));
  }

  /**
   * What cannot be true.
   *
   * @return one line each; empty if all is well
   */
  public List<String> wrong() {
    wrong.clear();
    Map<String, List<Granted>> byName =
        of(Granted.class).stream().collect(Collectors.groupingBy(Granted::name));
    byName.values().forEach(this::checkTokens);
    new Beliefs(of(Believed.class), of(Doubted.class), grants, wrong).check();
    of(Completed.class)
        .forEach(done -> checkWindow(done, byName.getOrDefault(done.name(), List.of())));
    Map<String, List<Written>> byRegister =
        of(Written.class).stream().collect(Collectors.groupingBy(Written::register));
    registers.keySet().forEach(register -> byRegister.putIfAbsent(register, List.of()));
    byRegister.forEach(this::checkRegister);
    return List.copyOf(wrong);
  }

  private <T extends Said> List<T> of(Class<T> kind) {
    return said.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Whoever asks after another was answered has the larger token, and no two have the same. */
  private void checkTokens(List<Granted> ofOneName) {
    TreeSet<Long> tokens = new TreeSet<>();
    ofOneName.forEach(
        grant -> require(tokens.add(grant.token()), "a token was given twice", grant, grant));
    List<Granted> byAnswer =
        ofOneName.stream().sorted(Comparator.comparingLong(Granted::answered)).toList();
    List<Granted> byAsking =
        ofOneName.stream().sorted(Comparator.comparingLong(Granted::asked)).toList();
    Granted largest = null;
    int answered = 0;
    for (Granted grant : byAsking) {
      while (answered < byAnswer.size() && byAnswer.get(answered).answered() < grant.asked()) {
        Granted before = byAnswer.get(answered++);
        largest = largest == null || before.token() > largest.token() ? before : largest;
      }
      if (largest != null) {
        require(grant.token() > largest.token(), "a token fell", largest, grant);
      }
    }
  }

  /** Nobody gets what is remembered as done. */
  private void checkWindow(Completed done, List<Granted> ofItsName) {
    for (Granted grant : ofItsName) {
      boolean inside = grant.asked() > done.answered() && grant.answered() < done.until();
      require(!inside, "granted inside the window", done, grant);
    }
  }

  /** Each acknowledged write is one of the steps from 0 to the end, in the order of tokens. */
  private void checkRegister(String register, List<Written> acknowledged) {
    long end = registers.getOrDefault(register, 0L);
    if (end > writes(register, acknowledged)) {
      wrong.add("counted more than was written: " + register + " is " + end);
    }
    List<Written> byValue =
        acknowledged.stream().sorted(Comparator.comparingLong(Written::value)).toList();
    for (int i = 0; i < byValue.size(); i++) {
      Written now = byValue.get(i);
      require(now.value() <= end, "an acknowledged write is not counted", now, now);
      if (i > 0) {
        Written before = byValue.get(i - 1);
        require(before.value() < now.value(), "an acknowledged write was lost", before, now);
        require(token(before) <= token(now), "a stale holder wrote", before, now);
      }
    }
  }

  /** How many writes there were at most: who was killed in one could not say so any more. */
  private long writes(String register, List<Written> acknowledged) {
    Map<String, Long> ofHolds = new HashMap<>();
    of(Attempted.class).stream()
        .filter(each -> each.register().equals(register))
        .forEach(each -> ofHolds.merge(each.hold(), 1L, Long::sum));
    Map<String, Long> answered =
        acknowledged.stream().collect(Collectors.groupingBy(Written::hold, Collectors.counting()));
    answered.forEach((hold, count) -> ofHolds.merge(hold, count, Math::max));
    return ofHolds.values().stream().mapToLong(Long::longValue).sum();
  }

  private long token(Written written) {
    Granted grant = grants.get(written.hold());
    if (grant == null) {
      throw new IllegalArgumentException("a write of a hold that nobody was granted: " + written);
    }
    return grant.token();
  }

  private void require(boolean kept, String broken, Said one, Said other) {
    if (!kept) {
      wrong.add(broken + ": " + one.line() + (one.equals(other) ? "" : ", " + other.line()));
    }
  }
}
