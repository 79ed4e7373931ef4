package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Knows nothing of the rules: looks at what the locks say and at what stands in the table, and says
 * where the two, or two locks, contradict each other.
 */
final class Judge {
  private static final int LATEST = 12;

  private final SimulatedTable table;
  private final String name;
  private final List<Grant> grants = new ArrayList<>();
  private Row last = new Row(Optional.empty());
  private int deletions;
  private boolean judgesHolders = true;
  private final Set<String> settled = new HashSet<>();

  Judge(SimulatedTable table, String name) {
    this.table = table;
    this.name = name;
  }

  /** Where clocks run wild, holders are not judged, and tokens are. */
  void judges(Worlds kind) {
    judgesHolders = kind.keepsClocks();
  }

  List<Grant> grants() {
    return grants;
  }

  Row row() {
    return new Row(Optional.ofNullable(table.rows().get(name)));
  }

  void granted(Grant grant) {
    grants.add(grant);
    checkHolders();
  }

  /** One holder at most, and it is the one that the table names. */
  void checkHolders() {
    if (!judgesHolders) {
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
    for (Grant grant : grants.subList(Math.max(0, grants.size() - LATEST), grants.size())) {
      if (grant.believesInIt()) {
        held.add(grant);
      }
    }
    return held;
  }

  /** In the order of being granted, each token that was seen is larger than those seen before. */
  void checkTokens() {
    long largest = 0;
    for (Grant grant : grants) {
      long token = grant.tokenSeen().orElse(largest + 1);
      require(token > largest, "tokens must rise", grants.stream().map(Grant::tokenSeen).toList());
      largest = grant.tokenSeen().isPresent() ? token : largest;
    }
  }

  /**
   * What a row promised stands: a token never falls, and work is remembered until its window ends.
   *
   * @param latest no host's wall clock is ahead of it
   */
  void checkRow(Instant latest, boolean keepsRows) {
    Row now = row();
    boolean deleted = deletions() > deletions || now.attributes().isEmpty();
    if (deleted) {
      settled.clear();
    }
    boolean revived = keepsRows && now.is("HELD") && settled.contains(now.text("holder"));
    require(!revived, "ended, and held again", now.text("holder"));
    boolean rises = deleted || now.number("token") >= last.number("token");
    require(rises, "the row's token fell from", last.number("token"));
    boolean over = last.number("expires_at") <= latest.toEpochMilli();
    boolean remembered = !last.is("DONE") || over || now.equals(last);
    require(remembered, "forgotten inside its window", last);
    last = now;
    deletions = deletions();
  }

  private int deletions() {
    return table.counts().deletes() - table.counts().refusedDeletes();
  }

  /** The table dropped the row by itself. */
  void forgotten() {
    last = row();
    settled.clear();
  }

  /** Tokens begin again. */
  void deletedByHand() {
    forgotten();
    grants.forEach(Grant::forgetToken);
  }

  void checkRenewed(Grant grant, long leaseMillis) {
    boolean shown = row().is("HELD", grant.holder()) && row().number("lease_ms") == leaseMillis;
    require(
        shown || !judgesHolders || !grant.believesInIt(),
        "renewed, but not in the table",
        grant.holder());
  }

  /**
   * Asked of a release during which nothing else happened: a copy of the acquiring request, made by
   * the network, may put a row again that the release deleted, and hold it for nobody.
   */
  void checkReleased(Grant grant, ReleaseOutcome outcome) {
    boolean stillHeld = row().is("HELD", grant.holder());
    require(!stillHeld || outcome == ReleaseOutcome.UNKNOWN, "held after", outcome);
    if (outcome == ReleaseOutcome.RELEASED) {
      settled.add(grant.holder());
    }
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

  static void require(boolean kept, String broken, Object what) {
    if (!kept) {
      throw new AssertionError(broken + ": " + what);
    }
  }
}
