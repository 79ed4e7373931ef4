package dev.holdfast.testkit.processes;

import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.FenceRefusedException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A process that does with one lock at a time what its input says, line by line, and answers each
 * line by one. It ends with its input, so it does not outlive who started it.
 */
final class Holding {
  static final String TABLE = "locks";
  static final Duration LEASE = Duration.ofSeconds(2);
  static final Duration MAX_SKEW = Duration.ofMillis(200);
  private static final Duration WAIT_MAX = Duration.ofMinutes(5);

  private final DynamoDbClient client;
  private final Locks locks;
  private final Puts puts;
  private HeldLock lock;
  private long read;

  private Holding(DynamoDbClient client, Locks locks, Puts puts, HeldLock lock) {
    this.client = client;
    this.locks = locks;
    this.puts = puts;
    this.lock = lock;
  }

  static Locks locks(DynamoDbClient client) {
    return DynamoDbLocks.on(client, TABLE)
        .withClockModel(ClockModel.bounded(MAX_SKEW))
        .withLease(LEASE)
        .withWaitUpTo(WAIT_MAX);
  }

  /**
   * Runs until the input ends.
   *
   * @param args the endpoint, and a name that nobody else locks
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Puts puts = new Puts();
    try (DynamoDbClient client =
        LocalDynamoDb.clientBuilder(URI.create(args[0]))
            .overrideConfiguration(o -> o.addExecutionInterceptor(puts))
            .build()) {
      Locks locks = locks(client);
      try (HeldLock first = locks.acquire(args[1])) {
        System.out.println("ready");
        new Holding(client, locks, puts, first).answerAll();
      }
    }
  }

  private void answerAll() throws IOException, InterruptedException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(line.split(" ", -1)));
    }
  }

  private String answer(String[] words) throws InterruptedException {
    return switch (words[0]) {
      case "acquire" -> acquire(words[1]);
      case "raise" -> raise();
      case "held" -> lock.isHeld() ? "yes" : "no";
      case "write" -> write();
      case "release" -> lock.release().toString();
      case "last" -> Long.toString(puts.lastMicros());
      default -> throw new IllegalArgumentException("no such order: " + words[0]);
    };
  }

  private String acquire(String name) throws InterruptedException {
    lock = locks.acquire(LockRequest.of(name));
    return Long.toString(lock.fencingToken().value());
  }

  private String raise() {
    read = new Register(client, lock.name()).raised(lock);
    return Long.toString(read);
  }

  private String write() {
    try {
      new Register(client, lock.name()).write(lock, read + 1);
      return "written";
    } catch (FenceRefusedException e) {
      return "refused";
    }
  }
}
