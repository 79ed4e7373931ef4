package dev.holdfast.testkit.fuzz;

import static java.time.Duration.ofSeconds;

import dev.holdfast.lock.AlreadyDoneException;
import dev.holdfast.lock.ForeignRowException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.TicketRefusedException;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.ManualTime;
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

/** A lock meets a row that somebody changed, in one of its operations. */
final class Encounter {
  private static final Duration LEASE = ofSeconds(10);
  private static final String NAME = "k";
  private static final List<String> ALWAYS_THERE =
      List.of(
          "state", "nonce", "token", "version", "lease_ms", "expires_at", "holder", "acquired_at");

  private final ManualTime time = ManualTime.at(Instant.parse("2040-01-01T12:00:00Z"));
  private final Random random;
  private final OddRows rows;

  /** What came of it. */
  enum Met {
    ACQUIRED,
    BUSY,
    DONE,
    FOREIGN,
    WAITED_IN_VAIN,
    RENEWED,
    LOST,
    RELEASED,
    TICKET_REFUSED
  }

  Encounter(Random random) {
    this.random = random;
    this.rows = new OddRows(random);
  }

  Met next() {
    SimulatedTable table = SimulatedTable.named("locks");
    Locks locks = DynamoDbLocks.on(table, "locks").withTime(time).withLease(LEASE);
    HeldLock held = locks.tryAcquire(NAME).fold(lock -> lock, busy -> fail(), done -> fail());
    if (random.nextBoolean()) {
      return asHolder(table, locks, held);
    }
    held.fencingToken();
    switch (random.nextInt(3)) {
      case 0 -> held.release();
      case 1 -> held.complete(ofSeconds(20));
      default -> time.advance(ofSeconds(1));
    }
    time.advance(ofSeconds(random.nextInt(40)));
    Locks others = DynamoDbLocks.on(table, "locks").withTime(time).withLease(LEASE);
    Map<String, AttributeValue> odd = spoiled(table);
    return asAsker(table, others, odd);
  }

  private static HeldLock fail() {
    throw new AssertionError("a lock that nobody has must be free");
  }

  private Map<String, AttributeValue> spoiled(SimulatedTable table) {
    table.put(rows.oddFrom(table.row(NAME).orElse(Map.of())));
    return table.row(NAME).orElseThrow();
  }

  private Met asAsker(SimulatedTable table, Locks locks, Map<String, AttributeValue> odd) {
    try {
      if (random.nextBoolean()) {
        return locks
            .tryAcquire(NAME)
            .fold(
                lock -> acquired(table, lock, odd),
                busy -> stays(table, odd, Met.BUSY),
                done -> stays(table, odd, Met.DONE));
      }
      return acquired(table, locks.acquire(LockRequest.of(NAME).waitUpTo(ofSeconds(5))), odd);
    } catch (ForeignRowException e) {
      return foreign(table, odd);
    } catch (AlreadyDoneException e) {
      return stays(table, odd, Met.DONE);
    } catch (LockUnavailableException e) {
      return stays(table, odd, Met.WAITED_IN_VAIN);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts", e);
    }
  }

  private Met acquired(SimulatedTable table, HeldLock lock, Map<String, AttributeValue> odd) {
    require(isWhole(odd), "a lock was handed out over", odd);
    lock.close();
    require(!table.row(NAME).equals(Optional.of(odd)), "left in place", odd);
    return Met.ACQUIRED;
  }

  private Met foreign(SimulatedTable table, Map<String, AttributeValue> odd) {
    boolean marked =
        hasFraction(odd) && text(table.row(NAME).orElseThrow(), "state").equals("FREE");
    return marked ? Met.FOREIGN : stays(table, odd, Met.FOREIGN);
  }

  private Met asHolder(SimulatedTable table, Locks locks, HeldLock held) {
    String nonce = text(table.row(NAME).orElseThrow(), "nonce");
    int act = random.nextInt(4);
    String ticket = act == 3 ? held.ticket() : "";
    Map<String, AttributeValue> odd = spoiled(table);
    boolean mine = text(odd, "nonce").equals(nonce);
    try {
      switch (act) {
        case 0 -> held.renew();
        case 1 -> held.complete(ofSeconds(60));
        case 2 -> held.release();
        default -> locks.redeem(ticket).close();
      }
      require(act == 2 || mine, "went on with", odd);
      return act == 2 ? released(table, odd, mine) : Met.RENEWED;
    } catch (LockLostException e) {
      return stays(table, odd, Met.LOST);
    } catch (TicketRefusedException e) {
      return stays(table, odd, Met.TICKET_REFUSED);
    } catch (ForeignRowException e) {
      return foreign(table, odd);
    }
  }

  private Met released(SimulatedTable table, Map<String, AttributeValue> odd, boolean mine) {
    return mine ? Met.RELEASED : stays(table, odd, Met.RELEASED);
  }

  private static Met stays(SimulatedTable table, Map<String, AttributeValue> odd, Met met) {
    Map<String, AttributeValue> now = new HashMap<>(table.row(NAME).orElse(Map.of()));
    require(now.equals(odd), "changed after " + met, odd);
    return met;
  }

  private static boolean isWhole(Map<String, AttributeValue> row) {
    boolean format = row.getOrDefault("format", AttributeValue.fromN("0")).n() != null;
    return format && ALWAYS_THERE.stream().allMatch(row::containsKey) && !hasFraction(row);
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

  private static void require(boolean kept, String broken, Map<String, AttributeValue> row) {
    if (!kept) {
      throw new AssertionError(broken + ": " + row);
    }
  }
}
