package dev.holdfast.demo.cloud;

import dev.holdfast.demo.judge.Entry;
import dev.holdfast.demo.judge.Entry.Kind;
import dev.holdfast.demo.plan.Plan;
import dev.holdfast.demo.words.Seconds;
import dev.holdfast.demo.words.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Kills one sandbox and freezes another one, each in the middle of its work for sure: it strikes
 * between the moment at which the ledger takes the beginning of a piece of work and the moment at
 * which the sandbox is told so.
 */
public final class Mishaps {
  private static final Duration KILL_FROM = Duration.ofMillis(1_500);
  private static final Duration FREEZE_FROM = Duration.ofMillis(2_200);
  private static final Duration LONGER_THAN_A_LEASE = Duration.ofMillis(5_500);
  private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(20);
  private static final Duration LATE_WRITE_WITHIN = Duration.ofSeconds(3);

  private final Sandboxes sandboxes;
  private final RunClock clock;
  private final Consumer<String> reporter;
  private final Strike killing;
  private final Strike freezing;
  private final Queue<Written> ledger = new ConcurrentLinkedQueue<>();

  /** An entry of the ledger. */
  private record Written(String subject, Entry entry) {}

  /**
   * Nothing has happened yet.
   *
   * @param plan what the run is fed with
   * @param sandboxes whom to strike
   * @param clock the run's clock
   * @param reporter who is told
   */
  public Mishaps(Plan plan, Sandboxes sandboxes, RunClock clock, Consumer<String> reporter) {
    this.sandboxes = sandboxes;
    this.clock = clock;
    this.reporter = reporter;
    killing = new Strike(plan, KILL_FROM);
    freezing = new Strike(plan, FREEZE_FROM);
  }

  /**
   * Begins to look for work to strike into.
   *
   * @param wire what the functions' requests pass
   * @param ledgerTable where they say what they begin and end
   */
  public void lurk(Wire wire, String ledgerTable) {
    wire.tap(new LedgerTap(ledgerTable, this::written));
  }

  /**
   * Waits until a sandbox was killed with signal 9.
   *
   * @return what was killed
   * @throws InterruptedException if the thread is interrupted
   */
  public Mishap kill() throws InterruptedException {
    Mishap killed = killing.await(clock);
    tell("killed", killed);
    return killed;
  }

  /**
   * Waits until a sandbox was frozen, for longer than a lease and until another one has begun to
   * work on its order, and lets it go on then.
   *
   * @return what was frozen
   * @throws InterruptedException if the thread is interrupted
   */
  public Mishap freeze() throws InterruptedException {
    Mishap frozen = freezing.await(clock);
    tell("frozen", frozen);
    clock.waitFor(clock.elapsed().plus(LONGER_THAN_A_LEASE));
    clock.waitUntil(() -> isTakenOver(frozen), clock.elapsed().plus(TAKEN_OVER_WITHIN));
    Instant to = clock.time().wall();
    sandboxes.named(frozen.sandbox()).thaw();
    reporter.accept(Seconds.of(clock.elapsed()) + ": " + frozen.sandbox() + " goes on");
    clock.waitUntil(() -> isEnded(frozen), clock.elapsed().plus(LATE_WRITE_WITHIN));
    return new Mishap(frozen.subject(), frozen.begin(), frozen.from(), to);
  }

  private void tell(String what, Mishap mishap) {
    reporter.accept(
        Text.of(
            "%s: %s is %s while it works on %s (%s)",
            Seconds.of(clock.elapsed()),
            mishap.sandbox(),
            what,
            mishap.subject(),
            mishap.begin().step()));
  }

  private void written(String subject, Entry entry) {
    ledger.add(new Written(subject, entry));
    if (entry.kind() != Kind.BEGIN) {
      return;
    }
    boolean alreadyStruck = freezing.hits(entry.sandbox());
    if (!alreadyStruck && killing.picks(subject, entry, clock.elapsed())) {
      NamedSandbox sandbox = sandboxes.named(entry.sandbox());
      sandbox.kill();
      killing.struck(new Mishap(subject, entry, sandbox.end(), sandbox.end()));
    } else if (freezing.picks(subject, entry, clock.elapsed())) {
      Instant now = clock.time().wall();
      sandboxes.named(entry.sandbox()).freeze();
      freezing.struck(new Mishap(subject, entry, now, now));
    }
  }

  /** The frozen one's own beginning is the last one before it, so a later one is another's. */
  private boolean isTakenOver(Mishap frozen) {
    return entries(frozen)
        .dropWhile(entry -> !entry.equals(frozen.begin()))
        .skip(1)
        .anyMatch(entry -> entry.kind() == Kind.BEGIN);
  }

  private boolean isEnded(Mishap frozen) {
    return entries(frozen)
        .anyMatch(
            entry ->
                entry.kind() != Kind.BEGIN && entry.attempt().equals(frozen.begin().attempt()));
  }

  private Stream<Entry> entries(Mishap mishap) {
    return ledger.stream()
        .filter(written -> written.subject().equals(mishap.subject()))
        .map(Written::entry);
  }
}
