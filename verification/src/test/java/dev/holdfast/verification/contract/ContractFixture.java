package dev.holdfast.verification.contract;

import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Base of the contract tests. It provides an unused name and hosts with a lease of 10 s, a maximum
 * clock skew of 1 s, and one clock that shows noon. The clock is manual on every table, since no
 * rule of the lock uses the table's time.
 */
abstract class ContractFixture {
  static final Instant NOON = Instant.parse("2040-01-01T12:00:00Z");
  static final Duration LEASE_DURATION = Duration.ofSeconds(10);
  static final Duration MAX_SKEW = Duration.ofSeconds(1);

  final ContractTable table;
  final ManualClock time = ManualClock.at(NOON);
  final String name = "contract/" + UUID.randomUUID();

  ContractFixture(ContractTable table) {
    this.table = table;
  }

  @AfterEach
  void deleteRow() {
    table.delete(name);
  }

  /** Returns another host with a correct clock. */
  Host host(String holder) {
    return host(holder, time);
  }

  Host host(String holder, TimeSource clock) {
    return host(holder, clock, ClockModel.bounded(MAX_SKEW));
  }

  Host host(String holder, TimeSource clock, ClockModel model) {
    return new Host(
        DynamoDbLockClient.create(table.client(), table.name())
            .withTimeSource(clock)
            .withLeaseDuration(LEASE_DURATION)
            .withClockModel(model)
            .withHolder(holder));
  }

  Map<String, AttributeValue> row() {
    return table
        .row(name)
        .orElseThrow(() -> new AssertionError("there must be a row under " + name));
  }

  String stringAttribute(String attribute) {
    return attribute(attribute).s();
  }

  long numberAttribute(String attribute) {
    return Long.parseLong(attribute(attribute).n());
  }

  private AttributeValue attribute(String attribute) {
    AttributeValue attributeValue = row().get(attribute);
    if (attributeValue == null) {
      throw new AssertionError("the row must have " + attribute + ", was " + row());
    }
    return attributeValue;
  }

  long millisAfterNoon(Duration duration) {
    return NOON.plus(duration).toEpochMilli();
  }
}
