package dev.holdfast.testkit.line;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.testkit.line.Wish.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** One thread of one host: what it does, and what it is in the middle of. */
final class Worker {
  private final World world;
  private final Host host;
  private final int number;
  private final Random random;
  private final Habits habits;
  private final Duration faultsEnd;
  private final Asker asker;
  private @Nullable Thread thread;
  private @Nullable Wish wish;
  private @Nullable Call call;
  private boolean waiting;
  private @Nullable Event interruption;
  private long interruptedNanos;
  private int wishes;

  Worker(World world, Host host, int number, Random random, Habits habits, Duration faultsEnd) {
    this.world = world;
    this.host = host;
    this.number = number;
    this.random = random;
    this.habits = habits;
    this.faultsEnd = faultsEnd;
    this.asker = new Asker(world, this, random, habits);
  }

  Host host() {
    return host;
  }

  long nanos() {
    return time().monotonicNanos();
  }

  TimeSource time() {
    return world.time();
  }

  void startsIn(Thread itsThread) {
    thread = itsThread;
  }

  void run() throws InterruptedException {
    for (int round = 0; round < habits.rounds() && goesOn(); round++) {
      time().sleep(habits.pause(random));
      asker.asks();
    }
    long left = faultsEnd.plus(Conductor.BETWEEN_MAX).toNanos() - nanos();
    time().sleep(Duration.ofNanos(Math.max(0, left)));
    if (!world.isBroken()) {
      asker.isServed();
    }
  }

  private boolean goesOn() {
    return nanos() < faultsEnd.toNanos() && !world.isBroken();
  }

  /** A wish begins: it has a name of its own. */
  Wish begins(Kind kind, Duration wait) {
    wishes++;
    String label = String.format(Locale.ROOT, "h%d t%d #%d", host.number(), number, wishes);
    Wish begun = new Wish(this, label, kind, wait);
    wish = begun;
    interruption = null;
    waiting = kind != Kind.BESIDE_THE_LINE;
    return begun;
  }

  /** It has come to its end, whatever that was. An interrupt that was kept is not for the next. */
  Optional<Event> ends() {
    waiting = false;
    Thread.interrupted();
    return Optional.ofNullable(interruption);
  }

  /** The latest. */
  Wish wish() {
    return Objects.requireNonNull(wish, "something that it wanted");
  }

  long interruptedNanos() {
    return interruptedNanos;
  }

  /** Whether it waits for a lock, in line or not, and was not interrupted yet. */
  boolean isWaiting() {
    return waiting && interruption == null;
  }

  boolean isCalling() {
    return call != null;
  }

  void interrupt() {
    interruption = inTheMiddleOf();
    interruptedNanos = nanos();
    world.tell(() -> this + " is interrupted: " + interruption);
    world.time().interrupt(Objects.requireNonNull(thread, "a thread that runs"));
  }

  private Event inTheMiddleOf() {
    Wish now = wish();
    if (call != null) {
      return call.acquires() ? Event.INTERRUPTED_IN_A_CALL : Event.INTERRUPTED_WHILE_IT_GAVE_BACK;
    }
    if (now.isResting()) {
      return Event.INTERRUPTED_RESTING;
    }
    return now.asked() == 0 ? Event.INTERRUPTED_IN_LINE : Event.INTERRUPTED_POLLING;
  }

  void sends(Call sent) {
    world.tell(() -> this + " " + sent.shown());
    world.look();
    if (sent.acquires()) {
      host.queue(sent.name()).asks(wish(), sent);
    }
    call = sent;
  }

  void hears(Call sent, Optional<SdkException> failure) {
    world.tell(
        () -> this + " hears: " + failure.map(e -> e.getClass().getSimpleName()).orElse("applied"));
    boolean answered = failure.map(ConditionalCheckFailedException.class::isInstance).orElse(true);
    if (sent.acquires()) {
      wish().hears(nanos());
    }
    for (Queue queue : host.queues()) {
      queue.hears(wish(), sent, answered);
    }
    call = null;
  }

  @Override
  public String toString() {
    return wish == null ? "h" + host.number() + " t" + number : wish.label();
  }
}
