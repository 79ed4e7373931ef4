package dev.holdfast.testkit.processes;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.FenceRefusedException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.Locks;
import dev.holdfast.testkit.history.Said;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A process that takes one lock after the other, does this and that with it as a seed says, and
 * prints what it was told and when, line by line, until its input ends.
 */
final class Wandering {
  static final List<String> NAMES = List.of("north", "east", "south");
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final Duration ROUNDING = Duration.ofMillis(2);
  private static final int LOOKS_MAX = 6;
  private static final int PAUSE_MILLIS_MAX = 150;

  private final DynamoDbClient client;
  private final Locks locks;
  private final String self;
  private final Random random;
  private int grants;

  private Wandering(DynamoDbClient client, String seed) {
    this.client = client;
    this.locks = Holding.locks(client).withLease(Duration.ofSeconds(1));
    this.self = seed;
    this.random = new Random(Long.parseLong(seed));
  }

  /**
   * Runs until the input ends.
   *
   * @param args the endpoint, and a number that no other process has
   */
  public static void main(String[] args) throws InterruptedException {
    var over = new AtomicBoolean();
    var listener = new Thread(() -> awaitEnd(over));
    listener.setDaemon(true);
    listener.start();
    try (DynamoDbClient client = LocalDynamoDb.clientBuilder(URI.create(args[0])).build()) {
      var wandering = new Wandering(client, args[1]);
      while (!over.get()) {
        wandering.once();
      }
    }
  }

  private static void awaitEnd(AtomicBoolean over) {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ordered but the end.
      }
    } catch (IOException e) {
      // No input is its end, too.
    }
    over.set(true);
  }

  private void once() throws InterruptedException {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    try {
      long asked = Clocks.micros();
      if (locks.tryAcquire(LockRequest.of(name)) instanceof Acquisition.Acquired acquired) {
        hold(acquired.lock(), asked);
      }
    } catch (LockException e) {
      // A fault, or somebody else's lock: as good an end as any.
    }
    pause();
  }

  private void hold(HeldLock lock, long asked) throws InterruptedException {
    try (lock) {
      String hold = self + "-" + grants++;
      long token = lock.fencingToken().value();
      say(new Said.Granted(hold, lock.name(), token, asked, Clocks.micros()));
      lookAtIt(hold, lock);
      count(hold, lock);
      lookAtIt(hold, lock);
      end(hold, lock);
    }
  }

  private void lookAtIt(String hold, HeldLock lock) throws InterruptedException {
    for (int looks = random.nextInt(LOOKS_MAX); looks >= 0; looks--) {
      long asked = Clocks.micros();
      boolean held = lock.isHeld();
      long known = Clocks.micros();
      say(held ? new Said.Believed(hold, asked, known) : new Said.Doubted(hold, known));
      pause();
      if (held && random.nextInt(LOOKS_MAX) == 0) {
        lock.renew();
      }
    }
  }

  /** Whether the lease is over or not: the fence decides. */
  private void count(String hold, HeldLock lock) {
    var register = new Register(client, lock.name());
    try {
      long value = register.raised(lock) + 1;
      write(hold, register, lock, value);
    } catch (SdkException | FenceRefusedException e) {
      // Nothing was written, or nobody knows.
    }
  }

  private void write(String hold, Register register, HeldLock lock, long value) {
    say(new Said.Attempted(hold, register.name()));
    register.write(lock, value);
    say(new Said.Written(hold, register.name(), value));
  }

  private void end(String hold, HeldLock lock) {
    if (random.nextInt(4) > 0) {
      lock.release();
      return;
    }
    long until = Clocks.micros() + WINDOW.minus(ROUNDING).toNanos() / 1_000;
    lock.complete(WINDOW);
    say(new Said.Completed(hold, lock.name(), Clocks.micros(), until));
  }

  private void pause() throws InterruptedException {
    Clocks.REAL.sleep(Duration.ofMillis(1 + random.nextInt(PAUSE_MILLIS_MAX)));
  }

  private static void say(Said said) {
    System.out.println(said.line());
  }
}
