package dev.holdfast.testkit.contract;

import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What each class of the contract starts from: a name that nobody uses, and hosts that all have a
 * lease of 10 s, a skew bound of 1 s and one clock that shows noon. The clock is manual on every
 * table, since no rule of the lock asks the table for the time.
 */
abstract class Contract {
  static final Instant NOON = Instant.parse("2040-01-01T12:00:00Z");
  static final Duration LEASE = Duration.ofSeconds(10);
  static final Duration SKEW = Duration.ofSeconds(1);

  final ContractTable table;
  final ManualTime time = ManualTime.at(NOON);
  final String name = "contract/" + UUID.randomUUID();

  Contract(ContractTable table) {
    this.table = table;
  }

  @AfterEach
  void deleteRow() {
    table.delete(name);
  }

  /** Another host, whose clock is right. */
  Host host(String holder) {
    return host(holder, time);
  }

  Host host(String holder, TimeSource clock) {
    return host(holder, clock, ClockModel.bounded(SKEW));
  }

  Host host(String holder, TimeSource clock, ClockModel model) {
    return new Host(
        DynamoDbLocks.on(table.client(), table.name())
            .withTime(clock)
            .withLease(LEASE)
            .withClockModel(model)
            .withHolder(holder));
  }

  Map<String, AttributeValue> row() {
    return table
        .row(name)
        .orElseThrow(() -> new AssertionError("there must be a row under " + name));
  }

  String text(String attribute) {
    return value(attribute).s();
  }

  long number(String attribute) {
    return Long.parseLong(value(attribute).n());
  }

  private AttributeValue value(String attribute) {
    AttributeValue value = row().get(attribute);
    if (value == null) {
      throw new AssertionError("the row must have " + attribute + ", was " + row());
    }
    return value;
  }

  long millisAfterNoon(Duration duration) {
    return NOON.plus(duration).toEpochMilli();
  }
}
