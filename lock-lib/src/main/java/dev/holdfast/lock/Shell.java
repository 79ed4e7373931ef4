package dev.holdfast.lock;

import dev.holdfast.lock.Line.Place;
import dev.holdfast.lock.protocol.Acquiring;
import dev.holdfast.lock.protocol.Attempt;
import dev.holdfast.lock.protocol.CallBudget;
import dev.holdfast.lock.protocol.Claim;
import dev.holdfast.lock.protocol.ClockBounds;
import dev.holdfast.lock.protocol.ClockError.Beyond;
import dev.holdfast.lock.protocol.ClockReading;
import dev.holdfast.lock.protocol.Draws;
import dev.holdfast.lock.protocol.Exchange;
import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Memory;
import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.Step;
import dev.holdfast.lock.protocol.Table;
import dev.holdfast.lock.protocol.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Does what the protocol says: reads the clocks, sends, sleeps, and keeps what was learnt. Decides
 * nothing. Thread-safe.
 *
 * @param table where the rows are
 * @param time this host's clocks
 * @param draws random draws
 * @param memories what is known of contended keys
 * @param lines who in this JVM holds and waits for what
 * @param clock what is known of this host's wall clock
 * @param keeper keeps locks alive that are to be
 * @param listening who is told what becomes of locks
 */
record Shell(
    Table table,
    TimeSource time,
    Draws draws,
    Memories memories,
    Lines lines,
    HostClock clock,
    Keeper keeper,
    Listening listening) {
  static Shell on(Table table, TimeSource time, Draws draws) {
    Keeper keeper = new Keeper(time);
    HostClock clock = new HostClock();
    return new Shell(
        table, time, draws, new Memories(), new Lines(), clock, keeper, Listening.NONE);
  }

  Shell on(Table other) {
    return new Shell(other, time, draws, memories, lines, clock, keeper, listening);
  }

  Shell telling(Listening other) {
    return new Shell(table, time, draws, memories, lines, clock, keeper, other);
  }

  Shell keptBy(Keeper other) {
    return new Shell(table, time, draws, memories, lines, clock, other, listening);
  }

  Shell inLines(Lines other) {
    return new Shell(table, time, draws, memories, other, clock, keeper, listening);
  }

  ClockReading now() {
    Instant wall = time.wall();
    long seconds = TimeUnit.SECONDS.toMicros(wall.getEpochSecond());
    long micros = seconds + TimeUnit.NANOSECONDS.toMicros(wall.getNano());
    return new ClockReading(micros, time.monotonicNanos());
  }

  /**
   * Runs an attempt to its end: behind those of this JVM who wait already, unless it never waits.
   */
  Step.Outcome run(Claim claim, Attempt.Limits limits) throws InterruptedException {
    if (limits.waitNanos() <= 0) {
      return asked(Attempt.begin(claim, limits, now()), new Place(claim.name()));
    }
    Place place = lines.enter(claim.name());
    try {
      return run(claim, limits, place);
    } finally {
      lines.leave(place);
    }
  }

  /** Runs an attempt to its end, from a place in line that was taken before. */
  Step.Outcome run(Claim claim, Attempt.Limits limits, Place place) throws InterruptedException {
    Attempt attempt = Attempt.begin(claim, limits, now());
    Optional<Step.Outcome> outOfTime = new Turn(this, place, attempt).await();
    return outOfTime.isPresent() ? outOfTime.get() : asked(attempt, place);
  }

  /**
   * Asks the table until there is an outcome. Bounded by the attempt's deadline: between two pauses
   * the protocol asks for a small number of sends.
   */
  private Step.Outcome asked(Attempt attempt, Place place) throws InterruptedException {
    ClockBounds bounds = attempt.claim().bounds();
    ClockReading now = now();
    boolean off = clockBeyond(place.name(), now, bounds).isPresent();
    Attempt asking = off ? attempt.distrustingWall() : attempt;
    Step step = Acquiring.start(asking, now, memories.of(place.name()), draws);
    while (!(step instanceof Step.Outcome)) {
      step = next(step, place);
    }
    return remember(unlessClockIsOff((Step.Outcome) step, bounds));
  }

  /** How far this host's clock certainly is off; told when it is found, not at each look. */
  Optional<Beyond> clockBeyond(String name, ClockReading now, ClockBounds bounds) {
    Optional<Beyond> off = clock.beyond(now, bounds);
    if (clock.isNews(off.isPresent())) {
      off.ifPresent(beyond -> listening.clockOff(name, beyond.off()));
    }
    return off;
  }

  /** The reply that grants a lock may be the one that shows that it was won by a wrong clock. */
  private Step.Outcome unlessClockIsOff(Step.Outcome outcome, ClockBounds bounds) {
    ClockReading now = now();
    Optional<Beyond> off = clockBeyond(outcome.ended().claim().name(), now, bounds);
    if (!(outcome instanceof Step.Granted granted) || off.isEmpty()) {
      return outcome;
    }
    Attempt ended = granted.ended();
    granted.hold().undo(granted.replaced(), now).ifPresent(write -> abandon(write, ended));
    return new Step.ClockOff(ended, off.get());
  }

  private Step next(Step step, Place place) throws InterruptedException {
    if (step instanceof Step.Send send) {
      place.asks();
      return sent(send);
    }
    if (step instanceof Step.Pause pause) {
      return paused(pause, place);
    }
    Step.Abandon abandon = (Step.Abandon) step;
    abandon(abandon.write(), byWhom(abandon.then()));
    return abandon.then();
  }

  private static Attempt byWhom(Step then) {
    return then instanceof Step.Send send ? send.next().attempt() : ((Step.Outcome) then).ended();
  }

  private Step sent(Step.Send send) {
    Reply reply = reply(send.write(), send.budget());
    ClockReading received = now();
    String name = send.write().name();
    Memory memory = memories.update(name, known -> known.after(reply, received));
    if (reply instanceof Reply.Refused refused && refused.current() instanceof LockRow row) {
      lines.saw(row);
    }
    Step step = send.next().onReply(reply, received, memory, draws);
    if (isThrottled(reply) && step instanceof Step.Pause pause) {
      Duration wait = Duration.ofNanos(pause.nanos());
      listening.throttled(name, send.next().attempt().tries() + 1, wait);
    }
    return step;
  }

  private static boolean isThrottled(Reply reply) {
    return reply instanceof Reply.Failed failed && failed.fault() == Reply.Fault.THROTTLED;
  }

  private Step paused(Step.Pause pause, Place place) throws InterruptedException {
    Attempt attempt = pause.next().attempt();
    String name = attempt.claim().name();
    try {
      new Turn(this, place, attempt).pause(pause.nanos());
    } catch (InterruptedException e) {
      memories.update(name, known -> known.withOrphans(attempt.orphans()));
      pause.next().onInterrupt(now()).ifPresent(write -> abandon(write, attempt));
      throw e;
    }
    return pause.next().onWake(now(), memories.of(name), draws);
  }

  private void abandon(Write write, Attempt by) {
    abandon(write, by.callsEndNanos());
  }

  /** A release on behalf of nobody: at best it frees the row now, at worst its lease does. */
  void abandon(Write write, long callsEndNanos) {
    long left = callsEndNanos - time.monotonicNanos();
    send(write, CallBudget.once(write.row().term().leaseMillis(), left));
  }

  private Step.Outcome remember(Step.Outcome outcome) {
    Attempt ended = outcome.ended();
    String name = ended.claim().name();
    if (outcome instanceof Step.Granted granted) {
      memories.update(name, known -> known.granted(granted.hold(), ended.orphans()));
      lines.held(granted.hold(), ended.progress().pauses(), now());
    } else if (!ended.orphans().isEmpty()) {
      memories.update(name, known -> known.withOrphans(ended.orphans()));
    }
    return outcome;
  }

  /**
   * Sends a write of a holder; what got lost is asked for once more, also by an interrupted thread,
   * whose interrupt is kept for later.
   */
  Reply transmit(Write write, long callsEndNanos) {
    Exchange exchange = Exchange.of(write);
    Reply reply = send(write, callsEndNanos);
    Optional<Exchange> again = exchange.again(reply);
    while (again.isPresent()) {
      exchange = again.get();
      reply = exchange.conclude(send(write, callsEndNanos));
      again = exchange.again(reply);
    }
    if (!(write instanceof Write.Renew) && mayHaveApplied(reply)) {
      lines.ended(write.row(), now());
    }
    return reply;
  }

  private static boolean mayHaveApplied(Reply reply) {
    return !(reply instanceof Reply.Failed failed) || failed.mayHaveApplied();
  }

  private Reply send(Write write, long callsEndNanos) {
    long left = callsEndNanos - time.monotonicNanos();
    return send(write, CallBudget.of(write.row().term().leaseMillis(), left));
  }

  private Reply send(Write write, CallBudget budget) {
    return Interrupts.shielded(() -> reply(write, budget));
  }

  private Reply reply(Write write, CallBudget budget) {
    ClockReading before = now();
    Table.Answer answer = table.send(write, budget);
    clock.learn(before, now(), answer.serverMillis());
    return answer.reply();
  }
}
