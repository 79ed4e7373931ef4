package dev.holdfast.verification.faults;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ClockSkewException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.RequestCounts;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ClockSkewTest {
  private static final Instant NOON = Instant.parse("2040-01-01T12:00:00.700Z");

  private final ManualClock serverClock = ManualClock.at(NOON);
  private final SimulatedTable table = SimulatedTable.named("locks").serverTime(serverClock);
  private final LockClient synchronizedClient =
      DynamoDbLockClient.create(table, "locks").withTimeSource(serverClock);

  private LockClient clientWithClockSkew(Duration skew) {
    return DynamoDbLockClient.create(table, "locks")
        .withTimeSource(ManualClock.at(serverClock.wallTime().plus(skew)));
  }

  @Test
  void host_withSkewBelowMaximum_acquires() throws InterruptedException {
    clientWithClockSkew(Duration.ofMillis(400)).acquire("a").close();
    clientWithClockSkew(Duration.ofMillis(-400)).acquire("a").close();
    assertThat(table.counts().puts()).isEqualTo(2);
    assertThat(table.counts().deletes()).isEqualTo(2);
  }

  @Test
  void hostAhead_findsHeldLock_andRestoresRow_withItsLargerToken() throws InterruptedException {
    HeldLock held = synchronizedClient.acquire("order-42");
    Map<String, AttributeValue> restored = new HashMap<>(table.row("order-42").orElseThrow());
    long minute = ofSeconds(60).toNanos() / 1_000;
    long token = held.fencingToken().value() + minute;
    restored.put("token", AttributeValue.fromN("" + token));
    restored.put("ttl", AttributeValue.fromN("" + (token / 1_000_000 + 86_400)));

    assertThatThrownBy(() -> clientWithClockSkew(ofSeconds(60)).tryAcquire("order-42"))
        .isInstanceOf(ClockSkewException.class)
        .hasMessageContaining("ahead of the table's");

    assertThat(table.row("order-42")).contains(restored);
    held.renew();
    assertThat(held.isHeld()).isTrue();
  }

  @Test
  void hostAhead_onSecondAttempt_doesNotTakeHeldLock() throws InterruptedException {
    synchronizedClient.acquire("order-42");
    LockClient fastClient = clientWithClockSkew(ofSeconds(60));
    assertThatThrownBy(() -> fastClient.tryAcquire("order-42"))
        .isInstanceOf(ClockSkewException.class);

    assertThat(fastClient.tryAcquire("order-42")).isInstanceOf(Acquisition.Busy.class);
  }

  @Test
  void hostBehind_acquiresNothing_andLeavesRowFree() {
    assertThatThrownBy(() -> clientWithClockSkew(ofSeconds(-5)).tryAcquire("order-42"))
        .isInstanceOf(ClockSkewException.class)
        .hasMessageContaining("behind the table's");
    assertThat(synchronizedClient.tryAcquire("order-42")).isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void busyReply_revealsClockSkew() throws InterruptedException {
    synchronizedClient.acquire("order-42");
    LockClient slowClient = clientWithClockSkew(ofSeconds(-5));
    assertThat(slowClient.tryAcquire("order-42")).isInstanceOf(Acquisition.Busy.class);
    assertThatThrownBy(() -> slowClient.tryAcquire("order-43"))
        .isInstanceOf(ClockSkewException.class);
  }

  @Test
  void skewMeasurement_costsNoRequest() throws InterruptedException {
    synchronizedClient.acquire("a").close();
    assertThat(table.counts()).isEqualTo(new RequestCounts(1, 1, 0, 0, 0, 2));
  }
}
