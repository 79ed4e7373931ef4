package dev.holdfast.testkit.simulation;

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
 * Knows nothing of the rules: looks at what the locks say and at what stands in the table, and says
 * where the two, or two locks, contradict each other.
 */
final class Judge {
  private static final int LATEST = 12;
  private static final Duration CALL_MAX = Duration.ofSeconds(5);
  private static final Duration KEPT_MIN = Duration.ofHours(23);
  private static final Duration KEPT_MAX = Duration.ofHours(25);

  private final SimulatedTable table;
  private final String name;
  private final List<Grant> grants = new ArrayList<>();
  private final Worlds kind;
  private final Tally tally;
  private final Records records;
  private int deletionsByHand;

  Judge(Worlds kind, SimulatedTable table, String name, Records records, Tally tally) {
    this.kind = kind;
    this.table = table;
    this.name = name;
    this.records = records;
    this.tally = tally;
  }

  Worlds kind() {
    return kind;
  }

  ClockJudge clocks() {
    return new ClockJudge(kind);
  }

  /** A lock is asked for now. */
  long asked() {
    return records.next();
  }

  /** It was handed out; where tokens began again, the history is that of another name. */
  Spell spell(long asked) {
    return new Spell(records, name + " after " + deletionsByHand + " deletions", asked);
  }

  /** What all hosts said, looked at as a whole. */
  void checkHistory() {
    records.check(grants, kind.keepsClocks());
  }

  long truthMicros() {
    return records.micros();
  }

  /** By the clock of whoever is furthest ahead of the one who completed it. */
  long rememberedUntil(long completedMicros, long windowMillis) {
    Duration least = Duration.ofMillis(windowMillis).minus(kind.apartMax());
    return completedMicros + TimeUnit.NANOSECONDS.toMicros(least.toNanos());
  }

  List<Grant> grants() {
    return grants;
  }

  Row row() {
    return new Row(table.row(name).orElse(Map.of()));
  }

  void granted(Grant grant) {
    grants.add(grant);
    checkHolders();
    if (!kind.keepsClocks() && believing().size() > 1) {
      tally.count(Event.TWO_AT_ONCE);
    }
  }

  /** One holder at most, and it is the one that the table names. */
  void checkHolders() {
    if (!kind.keepsClocks()) {
      return;
    }
    List<Grant> held = believing();
    require(held.size() <= 1, "two holders at once", held.stream().map(Grant::holder).toList());
    for (Grant grant : held) {
      boolean named = grant.inUse() || row().is("HELD", grant.holder());
      require(named, "a holder that the table does not name", grant.holder());
    }
  }

  /** Only the latest can be: before them others held it to their own ends. */
  private List<Grant> believing() {
    List<Grant> held = new ArrayList<>();
    for (Grant grant : latest()) {
      if (grant.believesInIt()) {
        held.add(grant);
      }
    }
    return held;
  }

  private List<Grant> latest() {
    return grants.subList(Math.max(0, grants.size() - LATEST), grants.size());
  }

  /**
   * In the order of being granted, each token that was seen is larger than those seen before. Where
   * clocks run wild, an answer may come so late that a successor has its own: the history tells.
   */
  void checkTokens() {
    if (!kind.keepsClocks()) {
      return;
    }
    long largest = 0;
    for (Grant grant : grants) {
      long token = grant.tokenSeen().orElse(largest + 1);
      if (token <= largest) {
        throw new AssertionError("tokens must rise: " + tokensSeen());
      }
      largest = grant.tokenSeen().isPresent() ? token : largest;
    }
  }

  private List<OptionalLong> tokensSeen() {
    return grants.stream().map(Grant::tokenSeen).toList();
  }

  /** Nobody believes in a lock any more when its row becomes another's. */
  void checkNobodyBelieves(Row replaced) {
    if (kind.keepsClocks()) {
      for (Grant grant : latest()) {
        boolean its = grant.holder().equals(replaced.text("holder"));
        require(!its || !grant.believesInIt(), "replaced, and still believed in", replaced);
      }
    }
  }

  /** Tokens begin again. */
  void deletedByHand() {
    deletionsByHand++;
    grants.forEach(Grant::forgetToken);
  }

  void checkRenewed(Grant grant, long leaseMillis) {
    boolean shown = row().is("HELD", grant.holder()) && row().number("lease_ms") == leaseMillis;
    require(
        shown || !kind.keepsClocks() || !grant.believesInIt(),
        "renewed, but not in the table",
        grant.holder());
  }

  /**
   * Asked of a release during which nothing else happened: a copy of the acquiring request, made by
   * the network, may put a row again that the release deleted, and hold it for nobody.
   */
  void checkReleased(Grant grant, ReleaseOutcome outcome) {
    boolean stillHeld = row().is("HELD", grant.holder());
    boolean ended = !stillHeld || outcome == ReleaseOutcome.UNKNOWN;
    require(ended || !kind.keepsClocks(), "held after", outcome);
  }

  /**
   * Asked of a call that was told that the lock is lost, and during which nothing else happened:
   * where the row was its own and still is, whatever its state, it can only have run out of time.
   */
  void checkReallyLost(Row before, Grant grant, Duration left) {
    Row now = row();
    boolean stillIts =
        before.is("HELD", grant.holder()) && now.text("holder").equals(grant.holder());
    boolean hadTime = left.compareTo(CALL_MAX) > 0 && now.number("lease_ms") > CALL_MAX.toMillis();
    require(
        !(stillIts && hadTime && kind.keepsClocks()),
        "told of a loss that was none",
        grant.holder());
  }

  void checkLost(Grant grant) {
    require(!grant.lock().isHeld(), "lost, and still believed in", grant.holder());
  }

  /** Asked of an answer during which nothing else happened. */
  void checkAnswer(Acquisition answer, Instant wall, String holder) {
    if (answer instanceof Acquisition.Busy busy) {
      boolean named = row().is("HELD", busy.holder().description());
      require(named, "busy without a holder", busy);
      require(!busy.holder().description().equals(holder), "busy with itself", busy);
    }
    if (answer instanceof Acquisition.Done done) {
      boolean remembered = row().is("DONE") && wall.isBefore(done.completion().until());
      require(remembered, "done without being remembered", done);
    }
  }

  /** Asked of a completion during which nothing else happened. */
  void checkCompleted(Grant grant) {
    require(row().is("DONE", grant.holder()), "completed, but not in the table", grant.holder());
  }

  /** Asked of a call on a lock whose row was another's, and during which nothing else happened. */
  void checkUntouched(Row before, Grant grant) {
    boolean mine = before.text("holder").equals(grant.holder());
    require(mine || row().equals(before), "changed another's row", grant.holder());
  }

  /** Asked of a round of renewals during which nothing else happened. */
  void checkUntouched(Row before, Host host) {
    boolean mine = before.text("holder").startsWith(host.label() + " #");
    require(mine || row().equals(before), "kept another's row alive", host.label());
  }

  /** Whether one of its locks is in the middle of a call. */
  boolean isInUse(Host host) {
    return host.keeping().isBusy()
        || grants.stream().anyMatch(grant -> grant.isOf(host) && grant.inUse());
  }

  /** Asked in the end: each row will go by itself, and not before what it says is over. */
  void checkLeftOver() {
    for (Map<String, AttributeValue> each : table.rows().values()) {
      Row row = new Row(each);
      Duration kept = Duration.ofSeconds(row.number("ttl")).minusMillis(row.number("expires_at"));
      boolean goes = kept.compareTo(KEPT_MIN) >= 0 && kept.compareTo(KEPT_MAX) <= 0;
      require(goes || kind == Worlds.MIXED, "a row stays, or goes too early", row);
    }
  }

  static void require(boolean kept, String broken, Object what) {
    if (!kept) {
      throw new AssertionError(broken + ": " + what);
    }
  }
}
