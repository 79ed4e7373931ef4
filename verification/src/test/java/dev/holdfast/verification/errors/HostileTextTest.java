package dev.holdfast.verification.errors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ClockSkewException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockListener;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.StoredResult;
import dev.holdfast.lock.admin.LockAdmin;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.OtherHost;
import dev.holdfast.testkit.SimulatedTable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Drives the operations of the lock with a hostile name, event and holder. No log line, message or
 * {@code toString} has a raw character that forges a line or changes a terminal.
 */
class HostileTextTest {
  private static final String HOSTILE =
      "o-1\r\nWARN forged\u001b[31m\u0085\u009b\u2028\u2029\u202e\ufeff\u00a0";

  private static final Pattern RAW =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029\\u00a0&&[^\\n\\t]]|(?m)^WARN forged");

  private final ManualClock time = ManualClock.at(Instant.parse("2040-01-01T12:00:00Z"));
  private final SimulatedTable table = SimulatedTable.named("locks").serverTime(time);
  private final List<String> texts = new ArrayList<>();
  private final LockClient client =
      DynamoDbLockClient.create(table, "locks")
          .withTimeSource(time)
          .withLeaseDuration(ofSeconds(1))
          .withMaxWait(ofMillis(10))
          .withListener(LockListener.logging());
  private final LockRequest request = LockRequest.of(HOSTILE).event(HOSTILE).holder(HOSTILE);
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(written, true, UTF_8));
  }

  @AfterEach
  void check() {
    System.setErr(err);
    texts.add(written.toString(UTF_8));
    assertThat(texts)
        .allSatisfy(text -> assertThat(text).doesNotContainPattern(RAW))
        .anySatisfy(text -> assertThat(text).contains("\\u000aWARN forged"));
  }

  private void addMessage(ThrowingCallable operation) {
    Throwable thrown = catchThrowable(operation);
    assertThat(thrown).isNotNull();
    texts.add(String.valueOf(thrown.getMessage()));
  }

  private void add(Object value) {
    texts.add(value.toString());
  }

  @Test
  void hold_renewedReleasedAndUsedAfterwards() throws Exception {
    HeldLock lock = client.acquire(request);
    add(lock);
    add(request);
    lock.renew();
    addMessage(() -> client.acquire(request));
    add(client.tryAcquire(request));
    try (var keepAlive = lock.keepAlive()) {
      add(keepAlive);
      addMessage(lock::keepAlive);
    }
    lock.release();
    addMessage(lock::renew);
    addMessage(() -> client.acquire(request).complete(ofDays(9_999)));
  }

  @Test
  void hold_thatOutlivesItsLease() throws Exception {
    HeldLock lock = client.acquire(request);
    time.advance(ofSeconds(5));
    addMessage(lock::ensureHeld);
    lock.release();
    OtherHost.on(table, time).acquire(request);
    time.advance(ofSeconds(60));
    client.acquire(request).close();
  }

  @Test
  void duplicate_andAnotherPayload() throws Exception {
    client.acquire(request.payloadHash("1")).complete(ofDays(1), StoredResult.of("r"));
    addMessage(() -> client.acquire(request));
    addMessage(() -> client.acquire(request.payloadHash("2")));
    Acquisition.Completed completed = (Acquisition.Completed) client.tryAcquire(request);
    add(completed);
    addMessage(
        () ->
            client
                .acquire(LockRequest.of("b" + HOSTILE))
                .complete(ofDays(1), StoredResult.of("long").withMaxBytes(1)));
  }

  @Test
  void severalLocks_andPermits() throws Exception {
    MultiLockRequest several = MultiLockRequest.of(HOSTILE, "b" + HOSTILE).holder(HOSTILE);
    add(several);
    HeldMultiLock locks = client.acquireAll(several);
    add(locks);
    addMessage(() -> locks.lease("c" + HOSTILE));
    addMessage(() -> client.acquireAll(several));
    locks.release();
    addMessage(locks::release);
    HeldLock permit = client.acquire(request.permits(1));
    addMessage(() -> permit.complete(ofDays(1)));
    addMessage(() -> client.acquire(request.permits(1)));
    addMessage(() -> LockRequest.of(HOSTILE + "#permit-1"));
    addMessage(() -> LockRequest.of("a").holder("\n\u2028"));
  }

  @Test
  void transfer_usedTwice_andOfAnotherTable() throws Exception {
    String transfer = client.acquire(request).transfer();
    client.resume(transfer);
    addMessage(() -> client.resume(transfer));
    String other =
        DynamoDbLockClient.create(SimulatedTable.named("other"), "other")
            .withTimeSource(time)
            .acquire(request)
            .transfer();
    addMessage(() -> client.resume(other));
  }

  @Test
  void failuresOfTheTable() throws Exception {
    HeldLock lock = client.acquire(request);
    for (Fault fault : List.of(Fault.DENIED, Fault.THROTTLED, Fault.REPLY_LOST)) {
      table.faults().always(fault);
      texts.add(String.valueOf(catchThrowable(lock::renew)));
      texts.add(String.valueOf(catchThrowable(() -> client.acquire("b" + HOSTILE))));
    }
    lock.close();
    addMessage(() -> DynamoDbLockClient.create(table, "locks" + HOSTILE));
  }

  @Test
  void clockThatIsBehind() throws Exception {
    HeldLock lock = client.acquire(request);
    time.adjustWall(ofSeconds(-100));
    texts.add(String.valueOf(catchThrowable(lock::renew)));
    add(new ClockSkewException(HOSTILE, ofSeconds(-3)));
  }

  @Test
  void rowOfAHostileWriter_withAHugeHolder() throws Exception {
    client.acquire(request);
    Map<String, AttributeValue> row = new HashMap<>(table.row(HOSTILE).orElseThrow());
    String huge = HOSTILE.repeat(10_000);
    row.put("holder", AttributeValue.fromS(huge));
    row.put("event", AttributeValue.fromS(huge));
    table.put(row);
    addMessage(() -> client.acquire(LockRequest.of(HOSTILE)));
    Acquisition.Busy busy = (Acquisition.Busy) client.tryAcquire(HOSTILE);
    add(busy);
    texts.add(busy.holder().description());
    row.put("state", AttributeValue.fromS(huge));
    table.put(row);
    addMessage(() -> client.acquire(LockRequest.of(HOSTILE)));
    assertThat(texts).allSatisfy(text -> assertThat(text).hasSizeLessThan(4_002));
  }

  @Test
  void eventsFencesAndAdministration() throws Exception {
    add(new LockEvent.Acquired(HOSTILE, ofSeconds(1), 1));
    add(new LockEvent.Contention(HOSTILE, 1, ofSeconds(1)));
    add(new LockEvent.Throttled(HOSTILE, 1, ofSeconds(1)));
    HeldLock lock = client.acquire(request);
    Fence fence = Fence.of(lock).attribute(HOSTILE);
    add(fence);
    add(fence.ifCurrent());
    add(LockAdmin.create(table, "locks"));
    addMessage(() -> LockAdmin.create(table, "x" + HOSTILE));
  }
}
