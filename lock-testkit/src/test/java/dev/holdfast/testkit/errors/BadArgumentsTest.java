package dev.holdfast.testkit.errors;

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
import dev.holdfast.lock.HeldLocks;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockSet;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.StoredResult;
import dev.holdfast.lock.TicketRefusedException;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.testkit.ManualTime;
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
 * Whatever is not allowed is refused before anything is sent: with what was received, and with what
 * is allowed or what to do.
 */
class BadArgumentsTest {
  private static final String HALF_A_PAIR = "order-\uD83D";
  private static final LockRequest REQUEST = LockRequest.of("order-42");
  private static final LockSet SET = LockSet.of("a", "b");
  private static final Fence FENCE = Fence.of("order-42", new FencingToken(7));
  private static final Map<String, AttributeValue> KEY = Map.of("id", AttributeValue.fromS("42"));

  private final ManualTime time = ManualTime.at(Instant.parse("2026-03-01T12:00:00Z"));
  private final SimulatedTable table = SimulatedTable.named("locks", time);
  private final Locks locks = DynamoDbLocks.on(table, "locks").withTime(time);
  private final HeldLock lock = ((Acquisition.Acquired) locks.tryAcquire("held")).lock();

  /** What a call needs beside its bad argument. */
  record Scene(SimulatedTable table, Locks locks, HeldLock lock, HeldLocks several) {}

  /** A call that must not get anywhere. */
  interface Call {
    void on(Scene scene) throws Exception;
  }

  /**
   * A bad argument.
   *
   * @param entry where it is passed
   * @param call passes it
   * @param message a pattern of what is said of it
   */
  record Bad(String entry, Call call, String message) {
    @Override
    public String toString() {
      return entry + " | " + message;
    }
  }

  private static Bad bad(String entry, Call call, String message) {
    return new Bad(entry, call, message);
  }

  static Stream<Bad> arguments() {
    return Stream.of(names(), durations(), requests(), sets(), holders(), values(), tables())
        .flatMap(bad -> bad);
  }

  private static Stream<Bad> names() {
    String empty = "name must be 1 to 2048 bytes of UTF-8, got an empty text: pass the id .*";
    String unicode = "name must be valid Unicode, got half a surrogate pair in it: .*";
    return Stream.of(
        bad("LockRequest.of", s -> LockRequest.of(""), empty),
        bad(
            "LockRequest.of",
            s -> LockRequest.of("ä".repeat(1_024) + "x"),
            "name must be 1 to 2048 bytes of UTF-8, got 2049 bytes: shorten it, or use a hash .*"),
        bad("LockRequest.of", s -> LockRequest.of(HALF_A_PAIR), unicode),
        bad(
            "LockRequest.of",
            s -> LockRequest.of("mail#permit-1"),
            "name must not contain '#permit-', .* got 'mail#permit-1': change it, .*"),
        bad("Locks.tryAcquire", s -> s.locks().tryAcquire(""), empty),
        bad("Locks.acquire", s -> s.locks().acquire(""), empty),
        bad("Locks.call", s -> s.locks().call(HALF_A_PAIR, lease -> lease), unicode),
        bad("LockSet.of", s -> LockSet.of("a", ""), empty),
        bad("LockSet.of", s -> LockSet.of(List.of("a", HALF_A_PAIR)), unicode));
  }

  private static Stream<Bad> durations() {
    String short1 = "lease must be at least 1 s, got 999 ms";
    String long1 = "lease must be at most 24 h, got 86401 s";
    String negative = "waitUpTo must be at least 0 s, got -1 ms";
    String wait = "waitUpTo must be at most 24 h, got 25 h";
    return Stream.of(
        bad("LockRequest.lease", s -> REQUEST.lease(ofMillis(999)), short1),
        bad("LockRequest.lease", s -> REQUEST.lease(ofSeconds(86_401)), long1),
        bad("LockRequest.waitUpTo", s -> REQUEST.waitUpTo(ofMillis(-1)), negative),
        bad("LockRequest.waitUpTo", s -> REQUEST.waitUpTo(ofHours(25)), wait),
        bad(
            "LockRequest.callsWithin",
            s -> REQUEST.callsWithin(ofSeconds(-5)),
            "callsWithin must be at least 0 s, got -5 s"),
        bad(
            "LockRequest.callsWithin",
            s -> REQUEST.callsWithin(ofHours(25)),
            "callsWithin must be at most 24 h, got 25 h"),
        bad("LockSet.lease", s -> SET.lease(ofMillis(999)), short1),
        bad("LockSet.waitUpTo", s -> SET.waitUpTo(ofHours(25)), wait),
        bad(
            "LockSet.callsWithin",
            s -> SET.callsWithin(ofSeconds(-5)),
            "callsWithin must be at least 0 s, got -5 s"),
        bad("Locks.withLease", s -> s.locks().withLease(ofSeconds(86_401)), long1),
        bad("Locks.withWaitUpTo", s -> s.locks().withWaitUpTo(ofMillis(-1)), negative),
        bad(
            "ClockModel.bounded",
            s -> ClockModel.bounded(ofMillis(-1)),
            "maxSkew must be at least 0 s, got -1 ms"),
        bad(
            "ClockModel.bounded",
            s -> ClockModel.bounded(ofHours(2)),
            "maxSkew must be at most 1 h, got 2 h"));
  }

  private static Stream<Bad> requests() {
    return Stream.of(
        bad(
            "LockRequest.permits",
            s -> REQUEST.permits(0),
            "permits must be 1 to 100, got 0: for more, split the resource by name"),
        bad(
            "LockRequest.permits",
            s -> REQUEST.permits(101),
            "permits must be 1 to 100, got 101.*"),
        bad(
            "LockRequest.permits",
            s -> LockRequest.of("x".repeat(2_040)).permits(3),
            "name and the mark of 3 permits must be 1 to 2048 bytes .*, got 2049 bytes: shorten .*"),
        bad(
            "LockRequest.event",
            s -> REQUEST.event(""),
            "event must not be empty, got '': pass the event's id, or leave it out"),
        bad(
            "LockRequest.event",
            s -> REQUEST.event(HALF_A_PAIR),
            "event must be valid Unicode, got half a surrogate pair in it: .*"),
        bad(
            "LockRequest.holder",
            s -> REQUEST.holder(" "),
            "holder must not be blank, got ' ': say who asks, or leave it out"),
        bad(
            "LockRequest.payloadHash",
            s -> REQUEST.payloadHash(""),
            "payload hash must be 1 to 128 characters, got 0: pass a hash .*"),
        bad(
            "LockRequest.payloadHash",
            s -> REQUEST.payloadHash("x".repeat(129)),
            "payload hash must be 1 to 128 characters, got 129: pass a hash .*"),
        bad(
            "LockRequest.payloadHash",
            s -> REQUEST.payloadHash(HALF_A_PAIR),
            "payload hash must be valid Unicode, .*"));
  }

  private static Stream<Bad> sets() {
    String[] many = IntStream.range(0, 100).mapToObj(i -> "name-" + i).toArray(String[]::new);
    String size = "a set of locks must have 1 to 100 names, got ";
    return Stream.of(
        bad("LockSet.of", s -> LockSet.of(List.of()), size + "0: name what the work touches.*"),
        bad("LockSet.of", s -> LockSet.of("first", many), size + "101: .*"),
        bad("LockSet.event", s -> SET.event(""), "event must not be empty, got '': .*"),
        bad("LockSet.holder", s -> SET.holder(""), "holder must not be blank, got '': .*"),
        bad(
            "HeldLocks.lease",
            s -> s.several().lease("c"),
            "name must be one of \\[a, b\\], got 'c'"),
        bad(
            "HeldLocks.renew",
            s -> s.several().renew(ofMillis(1)),
            "lease must be at least 1 s, got 1 ms"));
  }

  private static Stream<Bad> holders() {
    String window = "window must be at least 1 s, got 0 s";
    return Stream.of(
        bad("Locks.withHolder", s -> s.locks().withHolder(""), "holder must not be blank, .*"),
        bad(
            "HeldLock.renew",
            s -> s.lock().renew(ofHours(25)),
            "lease must be at most 24 h, got 25 h"),
        bad("HeldLock.complete", s -> s.lock().complete(ofSeconds(0)), window),
        bad(
            "HeldLock.complete",
            s -> s.lock().complete(ofDays(3_661)),
            "window must be at most 87840 h, got 87864 h"),
        bad(
            "HeldLock.complete",
            s -> s.lock().complete(ofSeconds(0), StoredResult.of("x".repeat(5_000))),
            window),
        bad("Locks.redeem", s -> s.locks().redeem(""), "this is no ticket, .*: pass on exactly .*"),
        bad("Locks.redeem", s -> s.locks().redeem("hold1.x"), "this is no ticket, .*"),
        bad("Locks.redeem", s -> s.locks().redeem("hold2.x"), "the ticket is of version 2, .*"));
  }

  private static Stream<Bad> values() {
    return Stream.of(
        bad(
            "FencingToken",
            s -> new FencingToken(-1),
            "a fencing token must be 0 or more, got -1: pass what Lease.fencingToken gave"),
        bad(
            "StoredResult.of",
            s -> StoredResult.of(HALF_A_PAIR),
            "a result's text must be valid Unicode, got half a surrogate pair in it: .*"),
        bad(
            "StoredResult.upTo",
            s -> StoredResult.of("x").upTo(0),
            "a result's bound must be 1 to 358400 bytes, got 0: .*"),
        bad(
            "StoredResult.upTo",
            s -> StoredResult.of("x").upTo(358_401),
            "a result's bound must be 1 to 358400 bytes, got 358401: keep .*"),
        bad(
            "Fence.of",
            s -> Fence.of("", new FencingToken(7)),
            "the fence's lock must have a name, got '': pass the name .*"),
        bad(
            "Fence.attribute",
            s -> FENCE.attribute(""),
            "the fence's attribute must have a name, got '': name a top-level attribute .*"));
  }

  private static Stream<Bad> tables() {
    String table = "table must be a name of 3 to 255 letters, .*, or the ARN of a table, got ";
    return Stream.of(
        bad("DynamoDbLocks.on", s -> DynamoDbLocks.on(s.table(), "lo"), table + "'lo'"),
        bad("DynamoDbLocks.on", s -> DynamoDbLocks.on(s.table(), "my locks"), table + "'my locks'"),
        bad(
            "DynamoDbLocks.on",
            s -> DynamoDbLocks.on(s.table(), "arn:aws:s3:::locks"),
            table + "'arn:aws:s3:::locks'"),
        bad("Fence.raise", s -> FENCE.raise(s.table(), "", KEY), table + "''"),
        bad(
            "Fence.raise",
            s -> FENCE.raise(s.table(), "orders", Map.of()),
            "an item's key must have one or two attributes, got \\{\\}: pass the item's whole key"),
        bad("Fence.lockCheck", s -> FENCE.lockCheck("#"), table + "'#'"));
  }

  @ParameterizedTest
  @MethodSource("arguments")
  void badArgument_isRefused_withWhatWasReceived_andNothingIsSent(Bad bad) throws Exception {
    HeldLocks several = locks.acquireAll(SET);
    RequestCounts before = table.counts();

    assertThatThrownBy(() -> bad.call().on(new Scene(table, locks, lock, several)))
        .isInstanceOfAny(IllegalArgumentException.class, TicketRefusedException.class)
        .hasMessageMatching("(?s)" + bad.message());

    assertThat(table.counts()).isEqualTo(before);
    assertThat(lock.isHeld() && several.isHeld()).isTrue();
  }
}
