package dev.holdfast.verification.errors;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.StoredResult;
import dev.holdfast.lock.TransferRefusedException;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.RequestCounts;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tests that an invalid argument is rejected before any request is sent. The message has the
 * received value, and the allowed values or a remedy.
 */
class InvalidArgumentsTest {
  private static final String LONE_SURROGATE = "order-\uD83D";
  private static final LockRequest REQUEST = LockRequest.of("order-42");
  private static final MultiLockRequest MULTI_LOCK = MultiLockRequest.of("a", "b");
  private static final Fence FENCE = Fence.of("order-42", new FencingToken(7));
  private static final Map<String, AttributeValue> KEY = Map.of("id", AttributeValue.fromS("42"));

  private final ManualClock time = ManualClock.at(Instant.parse("2026-03-01T12:00:00Z"));
  private final SimulatedTable table = SimulatedTable.named("locks", time);
  private final LockClient lockClient =
      DynamoDbLockClient.create(table, "locks").withTimeSource(time);
  private final HeldLock lock = ((Acquisition.Acquired) lockClient.tryAcquire("held")).lock();

  /** The valid arguments of a call. */
  record CallContext(
      SimulatedTable table, LockClient lockClient, HeldLock lock, HeldMultiLock multiLock) {}

  /** A call that must fail. */
  interface Call {
    void execute(CallContext context) throws Exception;
  }

  /**
   * An invalid argument.
   *
   * @param method the method that receives it
   * @param call passes it
   * @param messagePattern a pattern of the message
   */
  record InvalidArgument(String method, Call call, String messagePattern) {
    @Override
    public String toString() {
      return method + " | " + messagePattern;
    }
  }

  private static InvalidArgument invalid(String method, Call call, String messagePattern) {
    return new InvalidArgument(method, call, messagePattern);
  }

  static Stream<InvalidArgument> arguments() {
    return Stream.of(names(), durations(), requests(), multiLocks(), holders(), values(), tables())
        .flatMap(invalid -> invalid);
  }

  private static Stream<InvalidArgument> names() {
    String empty = "name must be 1 to 2048 bytes of UTF-8, got an empty name: pass the id .*";
    String unicode = "name must be valid Unicode, got an unpaired surrogate: .*";
    return Stream.of(
        invalid("LockRequest.of", s -> LockRequest.of(""), empty),
        invalid(
            "LockRequest.of",
            s -> LockRequest.of("ä".repeat(1_024) + "x"),
            "name must be 1 to 2048 bytes of UTF-8, got 2049 bytes: shorten it, or use a hash .*"),
        invalid("LockRequest.of", s -> LockRequest.of(LONE_SURROGATE), unicode),
        invalid(
            "LockRequest.of",
            s -> LockRequest.of("mail#permit-1"),
            "name must not contain '#permit-', .* got 'mail#permit-1': choose another name, .*"),
        invalid("LockClient.tryAcquire", s -> s.lockClient().tryAcquire(""), empty),
        invalid("LockClient.acquire", s -> s.lockClient().acquire(""), empty),
        invalid(
            "LockClient.call", s -> s.lockClient().call(LONE_SURROGATE, lease -> lease), unicode),
        invalid("MultiLockRequest.of", s -> MultiLockRequest.of("a", ""), empty),
        invalid(
            "MultiLockRequest.of",
            s -> MultiLockRequest.of(List.of("a", LONE_SURROGATE)),
            unicode));
  }

  private static Stream<InvalidArgument> durations() {
    String tooShort = "leaseDuration must be at least 1 s, got 999 ms";
    String tooLong = "leaseDuration must be at most 24 h, got 86401 s";
    String negative = "maxWait must be at least 0 s, got -1 ms";
    String tooLongWait = "maxWait must be at most 24 h, got 25 h";
    return Stream.of(
        invalid("LockRequest.leaseDuration", s -> REQUEST.leaseDuration(ofMillis(999)), tooShort),
        invalid(
            "LockRequest.leaseDuration", s -> REQUEST.leaseDuration(ofSeconds(86_401)), tooLong),
        invalid("LockRequest.maxWait", s -> REQUEST.maxWait(ofMillis(-1)), negative),
        invalid("LockRequest.maxWait", s -> REQUEST.maxWait(ofHours(25)), tooLongWait),
        invalid(
            "LockRequest.requestDeadline",
            s -> REQUEST.requestDeadline(ofSeconds(-5)),
            "requestDeadline must be at least 0 s, got -5 s"),
        invalid(
            "LockRequest.requestDeadline",
            s -> REQUEST.requestDeadline(ofHours(25)),
            "requestDeadline must be at most 24 h, got 25 h"),
        invalid(
            "MultiLockRequest.leaseDuration",
            s -> MULTI_LOCK.leaseDuration(ofMillis(999)),
            tooShort),
        invalid("MultiLockRequest.maxWait", s -> MULTI_LOCK.maxWait(ofHours(25)), tooLongWait),
        invalid(
            "MultiLockRequest.requestDeadline",
            s -> MULTI_LOCK.requestDeadline(ofSeconds(-5)),
            "requestDeadline must be at least 0 s, got -5 s"),
        invalid(
            "LockClient.withLeaseDuration",
            s -> s.lockClient().withLeaseDuration(ofSeconds(86_401)),
            tooLong),
        invalid("LockClient.withMaxWait", s -> s.lockClient().withMaxWait(ofMillis(-1)), negative),
        invalid(
            "ClockModel.bounded",
            s -> ClockModel.bounded(ofMillis(-1)),
            "maxSkew must be at least 0 s, got -1 ms"),
        invalid(
            "ClockModel.bounded",
            s -> ClockModel.bounded(ofHours(2)),
            "maxSkew must be at most 1 h, got 2 h"));
  }

  private static Stream<InvalidArgument> requests() {
    return Stream.of(
        invalid(
            "LockRequest.permits",
            s -> REQUEST.permits(0),
            "permits must be 1 to 100, got 0: for more, split the resource by name"),
        invalid(
            "LockRequest.permits",
            s -> REQUEST.permits(101),
            "permits must be 1 to 100, got 101.*"),
        invalid(
            "LockRequest.permits",
            s -> LockRequest.of("x".repeat(2_040)).permits(3),
            "name and the suffix of 3 permits must be 1 to 2048 bytes of UTF-8 together, got 2049"
                + " bytes: shorten .*"),
        invalid(
            "LockRequest.event",
            s -> REQUEST.event(""),
            "event must not be empty, got '': pass the event's id, or omit it"),
        invalid(
            "LockRequest.event",
            s -> REQUEST.event(LONE_SURROGATE),
            "event must be valid Unicode, got an unpaired surrogate: .*"),
        invalid(
            "LockRequest.holder",
            s -> REQUEST.holder(" "),
            "holder must not be blank, got ' ': pass a description, or omit it"),
        invalid(
            "LockRequest.payloadHash",
            s -> REQUEST.payloadHash(""),
            "payload hash must be 1 to 128 characters, got 0: pass a hash .*"),
        invalid(
            "LockRequest.payloadHash",
            s -> REQUEST.payloadHash("x".repeat(129)),
            "payload hash must be 1 to 128 characters, got 129: pass a hash .*"),
        invalid(
            "LockRequest.payloadHash",
            s -> REQUEST.payloadHash(LONE_SURROGATE),
            "payload hash must be valid Unicode, .*"));
  }

  private static Stream<InvalidArgument> multiLocks() {
    String[] many = IntStream.range(0, 100).mapToObj(i -> "name-" + i).toArray(String[]::new);
    String size = "a request must have 1 to 100 names, got ";
    return Stream.of(
        invalid(
            "MultiLockRequest.of",
            s -> MultiLockRequest.of(List.of()),
            size + "0: name the resources of the work, .*"),
        invalid("MultiLockRequest.of", s -> MultiLockRequest.of("first", many), size + "101: .*"),
        invalid(
            "MultiLockRequest.event",
            s -> MULTI_LOCK.event(""),
            "event must not be empty, got '': .*"),
        invalid(
            "MultiLockRequest.holder",
            s -> MULTI_LOCK.holder(""),
            "holder must not be blank, got '': .*"),
        invalid(
            "HeldMultiLock.lease",
            s -> s.multiLock().lease("c"),
            "name must be one of \\[a, b\\], got 'c'"),
        invalid(
            "HeldMultiLock.renew",
            s -> s.multiLock().renew(ofMillis(1)),
            "leaseDuration must be at least 1 s, got 1 ms"));
  }

  private static Stream<InvalidArgument> holders() {
    String retention = "retention must be 1 s to 3660 days, got PT0S";
    return Stream.of(
        invalid(
            "LockClient.withHolder",
            s -> s.lockClient().withHolder(""),
            "holder must not be blank, .*"),
        invalid(
            "HeldLock.renew",
            s -> s.lock().renew(ofHours(25)),
            "leaseDuration must be at most 24 h, got 25 h"),
        invalid("HeldLock.complete", s -> s.lock().complete(ofSeconds(0)), retention),
        invalid(
            "HeldLock.complete",
            s -> s.lock().complete(ofDays(3_661)),
            "retention must be 1 s to 3660 days, got PT87864H"),
        invalid(
            "HeldLock.complete",
            s -> s.lock().complete(ofSeconds(0), StoredResult.of("x".repeat(5_000))),
            retention),
        invalid(
            "LockClient.resume",
            s -> s.lockClient().resume(""),
            "the text is not a transfer, .*: pass exactly .*"),
        invalid(
            "LockClient.resume",
            s -> s.lockClient().resume("hold1.x"),
            "the text is not a transfer, .*"),
        invalid(
            "LockClient.resume",
            s -> s.lockClient().resume("hold2.x"),
            "the transfer has version 2, .*"));
  }

  private static Stream<InvalidArgument> values() {
    return Stream.of(
        invalid(
            "FencingToken",
            s -> new FencingToken(-1),
            "a fencing token must be 0 or more, got -1: pass the value of Lease.fencingToken"),
        invalid(
            "StoredResult.of",
            s -> StoredResult.of(LONE_SURROGATE),
            "result text must be valid Unicode, got an unpaired surrogate: .*"),
        invalid(
            "StoredResult.withMaxBytes",
            s -> StoredResult.of("x").withMaxBytes(0),
            "maxBytes must be 1 to 358400, got 0: .*"),
        invalid(
            "StoredResult.withMaxBytes",
            s -> StoredResult.of("x").withMaxBytes(358_401),
            "maxBytes must be 1 to 358400, got 358401: store .*"),
        invalid(
            "Fence.of",
            s -> Fence.of("", new FencingToken(7)),
            "the fence's lock must have a name, got '': pass the name .*"),
        invalid(
            "Fence.attribute",
            s -> FENCE.attribute(""),
            "the fence's attribute must have a name, got '': name a top-level attribute .*"));
  }

  private static Stream<InvalidArgument> tables() {
    String table = "table must be a name of 3 to 255 letters, .*, or the ARN of a table, got ";
    return Stream.of(
        invalid(
            "DynamoDbLockClient.create",
            s -> DynamoDbLockClient.create(s.table(), "lo"),
            table + "'lo'"),
        invalid(
            "DynamoDbLockClient.create",
            s -> DynamoDbLockClient.create(s.table(), "my locks"),
            table + "'my locks'"),
        invalid(
            "DynamoDbLockClient.create",
            s -> DynamoDbLockClient.create(s.table(), "arn:aws:s3:::locks"),
            table + "'arn:aws:s3:::locks'"),
        invalid("Fence.advance", s -> FENCE.advance(s.table(), "", KEY), table + "''"),
        invalid(
            "Fence.advance",
            s -> FENCE.advance(s.table(), "orders", Map.of()),
            "an item's key must have one or two attributes, got \\{\\}: pass the item's whole key"),
        invalid("Fence.lockCheck", s -> FENCE.lockCheck("#"), table + "'#'"));
  }

  @ParameterizedTest
  @MethodSource("arguments")
  void invalidArgument_isRejected_withValueReceived_andNothingIsSent(InvalidArgument invalid)
      throws Exception {
    HeldMultiLock multiLock = lockClient.acquireAll(MULTI_LOCK);
    RequestCounts before = table.counts();

    assertThatThrownBy(
            () -> invalid.call().execute(new CallContext(table, lockClient, lock, multiLock)))
        .isInstanceOfAny(IllegalArgumentException.class, TransferRefusedException.class)
        .hasMessageMatching("(?s)" + invalid.messagePattern());

    assertThat(table.counts()).isEqualTo(before);
    assertThat(lock.isHeld() && multiLock.isHeld()).isTrue();
  }
}
