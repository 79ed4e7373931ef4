package dev.holdfast.verification.fuzzing;

import static java.time.Duration.ofSeconds;

import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.TransferRefusedException;
import dev.holdfast.lock.UnrecognizedRowException;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.SimulatedTable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Runs one operation of a lock on a malformed row. */
final class MalformedRowScenario {
  private static final Duration LEASE_DURATION = ofSeconds(10);
  private static final String NAME = "k";
  private static final List<String> REQUIRED_ATTRIBUTES =
      List.of(
          "state", "nonce", "token", "version", "lease_ms", "expires_at", "holder", "acquired_at");

  private final ManualClock time = ManualClock.at(Instant.parse("2040-01-01T12:00:00Z"));
  private final Random random;
  private final MalformedRowGenerator generator;

  /** Outcome of an operation on a malformed row. */
  enum Outcome {
    ACQUIRED,
    BUSY,
    COMPLETED,
    UNRECOGNIZED,
    WAIT_TIMED_OUT,
    RENEWED,
    LOST,
    RELEASED,
    TRANSFER_REFUSED
  }

  MalformedRowScenario(Random random) {
    this.random = random;
    this.generator = new MalformedRowGenerator(random);
  }

  Outcome run() {
    SimulatedTable table = SimulatedTable.named("locks");
    LockClient lockClient =
        DynamoDbLockClient.create(table, "locks")
            .withTimeSource(time)
            .withLeaseDuration(LEASE_DURATION);
    HeldLock held =
        lockClient.tryAcquire(NAME).fold(lock -> lock, busy -> fail(), completed -> fail());
    if (random.nextBoolean()) {
      return operateAsHolder(table, lockClient, held);
    }
    held.fencingToken();
    switch (random.nextInt(3)) {
      case 0 -> held.release();
      case 1 -> held.complete(ofSeconds(20));
      default -> time.advance(ofSeconds(1));
    }
    time.advance(ofSeconds(random.nextInt(40)));
    LockClient otherClient =
        DynamoDbLockClient.create(table, "locks")
            .withTimeSource(time)
            .withLeaseDuration(LEASE_DURATION);
    Map<String, AttributeValue> malformed = putMalformedRow(table);
    return acquireOverRow(table, otherClient, malformed);
  }

  private static HeldLock fail() {
    throw new AssertionError("a lock without a holder must be free");
  }

  private Map<String, AttributeValue> putMalformedRow(SimulatedTable table) {
    table.put(generator.malform(table.row(NAME).orElse(Map.of())));
    return table.row(NAME).orElseThrow();
  }

  private Outcome acquireOverRow(
      SimulatedTable table, LockClient lockClient, Map<String, AttributeValue> malformed) {
    try {
      if (random.nextBoolean()) {
        return lockClient
            .tryAcquire(NAME)
            .fold(
                lock -> checkAcquired(table, lock, malformed),
                busy -> checkUnchanged(table, malformed, Outcome.BUSY),
                completed -> checkUnchanged(table, malformed, Outcome.COMPLETED));
      }
      return checkAcquired(
          table, lockClient.acquire(LockRequest.of(NAME).maxWait(ofSeconds(5))), malformed);
    } catch (UnrecognizedRowException e) {
      return checkUnrecognized(table, malformed);
    } catch (AlreadyCompletedException e) {
      return checkUnchanged(table, malformed, Outcome.COMPLETED);
    } catch (LockUnavailableException e) {
      return checkUnchanged(table, malformed, Outcome.WAIT_TIMED_OUT);
    } catch (InterruptedException e) {
      throw new AssertionError("unexpected interrupt", e);
    }
  }

  private Outcome checkAcquired(
      SimulatedTable table, HeldLock lock, Map<String, AttributeValue> malformed) {
    require(isComplete(malformed), "a lock was handed out over", malformed);
    lock.close();
    require(!table.row(NAME).equals(Optional.of(malformed)), "left in place", malformed);
    return Outcome.ACQUIRED;
  }

  private Outcome checkUnrecognized(SimulatedTable table, Map<String, AttributeValue> malformed) {
    boolean marked =
        hasFraction(malformed) && text(table.row(NAME).orElseThrow(), "state").equals("FREE");
    return marked ? Outcome.UNRECOGNIZED : checkUnchanged(table, malformed, Outcome.UNRECOGNIZED);
  }

  private Outcome operateAsHolder(SimulatedTable table, LockClient lockClient, HeldLock held) {
    String nonce = text(table.row(NAME).orElseThrow(), "nonce");
    int operation = random.nextInt(4);
    String transfer = operation == 3 ? held.transfer() : "";
    Map<String, AttributeValue> malformed = putMalformedRow(table);
    boolean isOwn = text(malformed, "nonce").equals(nonce);
    try {
      switch (operation) {
        case 0 -> held.renew();
        case 1 -> held.complete(ofSeconds(60));
        case 2 -> held.release();
        default -> lockClient.resume(transfer).close();
      }
      require(operation == 2 || isOwn, "went on with", malformed);
      return operation == 2 ? checkReleased(table, malformed, isOwn) : Outcome.RENEWED;
    } catch (LockLostException e) {
      return checkUnchanged(table, malformed, Outcome.LOST);
    } catch (TransferRefusedException e) {
      return checkUnchanged(table, malformed, Outcome.TRANSFER_REFUSED);
    } catch (UnrecognizedRowException e) {
      return checkUnrecognized(table, malformed);
    }
  }

  private Outcome checkReleased(
      SimulatedTable table, Map<String, AttributeValue> malformed, boolean isOwn) {
    return isOwn ? Outcome.RELEASED : checkUnchanged(table, malformed, Outcome.RELEASED);
  }

  private static Outcome checkUnchanged(
      SimulatedTable table, Map<String, AttributeValue> malformed, Outcome outcome) {
    Map<String, AttributeValue> now = new HashMap<>(table.row(NAME).orElse(Map.of()));
    require(now.equals(malformed), "changed after " + outcome, malformed);
    return outcome;
  }

  private static boolean isComplete(Map<String, AttributeValue> row) {
    boolean format = row.getOrDefault("format", AttributeValue.fromN("0")).n() != null;
    return format && REQUIRED_ATTRIBUTES.stream().allMatch(row::containsKey) && !hasFraction(row);
  }

  private static boolean hasFraction(Map<String, AttributeValue> row) {
    return row.entrySet().stream()
        .filter(each -> !each.getKey().equals("wait_ms") && !each.getKey().equals("price"))
        .map(Map.Entry::getValue)
        .anyMatch(value -> value.n() != null && isFraction(new BigDecimal(value.n())));
  }

  private static boolean isFraction(BigDecimal number) {
    return number.stripTrailingZeros().scale() > 0;
  }

  private static String text(Map<String, AttributeValue> row, String attribute) {
    String text = row.getOrDefault(attribute, AttributeValue.fromS("")).s();
    return text == null ? "" : text;
  }

  private static void require(boolean condition, String message, Map<String, AttributeValue> row) {
    if (!condition) {
      throw new AssertionError(message + ": " + row);
    }
  }
}
