package dev.holdfast.verification.processes;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.dynamodb.FenceRefusedException;
import dev.holdfast.testkit.local.LocalDynamoDb;
import dev.holdfast.verification.history.HistoryEvent;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Process that acquires one lock after the other and uses it at random, by a seed. It prints its
 * observations and their times line by line, until the end of its input.
 */
final class RandomWorkloadProcess {
  static final List<String> LOCK_NAMES = List.of("north", "east", "south");
  private static final Duration RETENTION = Duration.ofSeconds(1);
  private static final Duration ROUNDING = Duration.ofMillis(2);
  private static final int MAX_OBSERVATIONS = 6;
  private static final int MAX_PAUSE_MILLIS = 150;

  private final DynamoDbClient client;
  private final LockClient lockClient;
  private final String processId;
  private final Random random;
  private int acquisitionCount;

  private RandomWorkloadProcess(DynamoDbClient client, String seed) {
    this.client = client;
    this.lockClient = HolderProcess.lockClient(client).withLeaseDuration(Duration.ofSeconds(1));
    this.processId = seed;
    this.random = new Random(Long.parseLong(seed));
  }

  /**
   * Runs until the end of the input.
   *
   * @param args the endpoint, and a number that no other process has
   */
  public static void main(String[] args) throws InterruptedException {
    var inputEnded = new AtomicBoolean();
    var listener = new Thread(() -> awaitEnd(inputEnded));
    listener.setDaemon(true);
    listener.start();
    try (DynamoDbClient client = LocalDynamoDb.clientBuilder(URI.create(args[0])).build()) {
      var workload = new RandomWorkloadProcess(client, args[1]);
      while (!inputEnded.get()) {
        workload.runOnce();
      }
    }
  }

  private static void awaitEnd(AtomicBoolean inputEnded) {
    try {
      while (System.in.read() >= 0) {
        // The only command is the end of the input.
      }
    } catch (IOException e) {
      // A broken input counts as its end.
    }
    inputEnded.set(true);
  }

  private void runOnce() throws InterruptedException {
    String name = LOCK_NAMES.get(random.nextInt(LOCK_NAMES.size()));
    try {
      long requestedAt = WallClock.nowMicros();
      if (lockClient.tryAcquire(LockRequest.of(name)) instanceof Acquisition.Acquired acquired) {
        hold(acquired.lock(), requestedAt);
      }
    } catch (LockException e) {
      // A fault, or a lock of another process: the next round follows.
    }
    pause();
  }

  private void hold(HeldLock lock, long requestedAt) throws InterruptedException {
    try (lock) {
      String hold = processId + "-" + acquisitionCount++;
      long token = lock.fencingToken().value();
      print(
          new HistoryEvent.Acquired(hold, lock.name(), token, requestedAt, WallClock.nowMicros()));
      observe(hold, lock);
      incrementRegister(hold, lock);
      observe(hold, lock);
      end(hold, lock);
    }
  }

  private void observe(String hold, HeldLock lock) throws InterruptedException {
    for (int remaining = random.nextInt(MAX_OBSERVATIONS); remaining >= 0; remaining--) {
      long requestedAt = WallClock.nowMicros();
      boolean held = lock.isHeld();
      long observedAt = WallClock.nowMicros();
      print(
          held
              ? new HistoryEvent.ObservedHeld(hold, requestedAt, observedAt)
              : new HistoryEvent.ObservedNotHeld(hold, observedAt));
      pause();
      if (held && random.nextInt(MAX_OBSERVATIONS) == 0) {
        lock.renew();
      }
    }
  }

  /** Increments the register, also after the end of the lease: the fence decides. */
  private void incrementRegister(String hold, HeldLock lock) {
    var register = new FencedRegister(client, lock.name());
    try {
      long value = register.advanceFenceAndRead(lock) + 1;
      write(hold, register, lock, value);
    } catch (SdkException | FenceRefusedException e) {
      // Nothing was written, or the outcome is unknown.
    }
  }

  private void write(String hold, FencedRegister register, HeldLock lock, long value) {
    print(new HistoryEvent.WriteAttempted(hold, register.name()));
    register.write(lock, value);
    print(new HistoryEvent.Written(hold, register.name(), value));
  }

  private void end(String hold, HeldLock lock) {
    if (random.nextInt(4) > 0) {
      lock.release();
      return;
    }
    long expiresAt = WallClock.nowMicros() + RETENTION.minus(ROUNDING).toNanos() / 1_000;
    lock.complete(RETENTION);
    print(new HistoryEvent.Completed(hold, lock.name(), WallClock.nowMicros(), expiresAt));
  }

  private void pause() throws InterruptedException {
    WallClock.SYSTEM.sleep(Duration.ofMillis(1 + random.nextInt(MAX_PAUSE_MILLIS)));
  }

  private static void print(HistoryEvent event) {
    System.out.println(event.toLine());
  }
}
