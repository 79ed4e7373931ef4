package dev.holdfast.verification.processes;

import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.lock.dynamodb.FenceRefusedException;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Process that holds one lock at a time. It reads commands line by line and replies to each with
 * one line. It exits at the end of its input, so that it does not outlive its parent.
 */
final class HolderProcess {
  static final String TABLE = "locks";
  static final Duration LEASE_DURATION = Duration.ofSeconds(2);
  static final Duration MAX_SKEW = Duration.ofMillis(200);
  private static final Duration MAX_WAIT = Duration.ofMinutes(5);

  private final DynamoDbClient client;
  private final LockClient lockClient;
  private final PutRequestRecorder putRecorder;
  private HeldLock lock;
  private long lastRead;

  private HolderProcess(
      DynamoDbClient client, LockClient lockClient, PutRequestRecorder putRecorder, HeldLock lock) {
    this.client = client;
    this.lockClient = lockClient;
    this.putRecorder = putRecorder;
    this.lock = lock;
  }

  static LockClient lockClient(DynamoDbClient client) {
    return DynamoDbLockClient.create(client, TABLE)
        .withClockModel(ClockModel.bounded(MAX_SKEW))
        .withLeaseDuration(LEASE_DURATION)
        .withMaxWait(MAX_WAIT);
  }

  /**
   * Runs until the end of the input.
   *
   * @param args the endpoint, and a lock name that no other process uses
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    PutRequestRecorder putRecorder = new PutRequestRecorder();
    try (DynamoDbClient client =
        LocalDynamoDb.clientBuilder(URI.create(args[0]))
            .overrideConfiguration(o -> o.addExecutionInterceptor(putRecorder))
            .build()) {
      LockClient lockClient = lockClient(client);
      try (HeldLock first = lockClient.acquire(args[1])) {
        System.out.println("ready");
        new HolderProcess(client, lockClient, putRecorder, first).executeAll();
      }
    }
  }

  private void executeAll() throws IOException, InterruptedException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(execute(line.split(" ", -1)));
    }
  }

  private String execute(String[] words) throws InterruptedException {
    return switch (words[0]) {
      case "acquire" -> acquire(words[1]);
      case "advance-fence" -> advanceFence();
      case "is-held" -> lock.isHeld() ? "yes" : "no";
      case "write" -> write();
      case "release" -> lock.release().toString();
      case "last-put" -> Long.toString(putRecorder.lastMicros());
      default -> throw new IllegalArgumentException("unknown command: " + words[0]);
    };
  }

  private String acquire(String name) throws InterruptedException {
    lock = lockClient.acquire(LockRequest.of(name));
    return Long.toString(lock.fencingToken().value());
  }

  private String advanceFence() {
    lastRead = new FencedRegister(client, lock.name()).advanceFenceAndRead(lock);
    return Long.toString(lastRead);
  }

  private String write() {
    try {
      new FencedRegister(client, lock.name()).write(lock, lastRead + 1);
      return "written";
    } catch (FenceRefusedException e) {
      return "refused";
    }
  }
}
