package dev.holdfast.testkit.wire;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One request of an operation goes wrong in one way, through the real SDK over real HTTP: the
 * caller is told the truth, at the cost of one extra call at most.
 */
class LostReplyTest {
  /** Gives the SDK 1 s for an attempt and 2 s for a call. */
  private static final Duration LEASE = ofSeconds(4);

  private static LocalDynamoDb server;

  private Wire wire;

  @BeforeAll
  static void startServer() {
    server = Wire.server();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @AfterEach
  void stop() {
    wire.close();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
            Fault.REPLY_LOST,
            Fault.REPLY_HELD,
            Fault.REQUEST_LOST,
            Fault.REQUEST_HELD,
            Fault.FAILED_AFTER_APPLYING,
            Fault.FAILED_BEFORE_APPLYING,
            Fault.THROTTLED)
        .flatMap(fault -> Arrays.stream(Wire.Sdk.values()).map(sdk -> Arguments.of(fault, sdk)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void acquire_isAcquired(Fault fault, Wire.Sdk sdk) throws InterruptedException {
    wire = new Wire(server, sdk);
    wire.faults().next(fault);

    HeldLock lock = acquired();

    assertOneExtraCallAtMost(fault);
    assertThat(lock.isHeld()).isTrue();
    assertThat(wire.state()).isEqualTo("HELD");
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(wire.state()).isIn("FREE", "absent");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void renew_isRenewed(Fault fault, Wire.Sdk sdk) throws InterruptedException {
    HeldLock lock = acquiredOn(sdk);
    wire.time.advance(ofSeconds(1));
    wire.faults().next(fault);

    lock.renew();

    assertOneExtraCallAtMost(fault);
    assertThat(lock.remaining()).isGreaterThan(ofSeconds(3));
    assertThat(wire.version()).isEqualTo("1");
    assertThat(wire.state()).isEqualTo("HELD");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void releaseByDeleting_isReleased(Fault fault, Wire.Sdk sdk) throws InterruptedException {
    HeldLock lock = acquiredOn(sdk);
    wire.faults().next(fault);

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);

    assertOneExtraCallAtMost(fault);
    assertThat(wire.state()).isEqualTo("absent");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void releaseByMarking_isReleased(Fault fault, Wire.Sdk sdk) throws InterruptedException {
    HeldLock lock = acquiredOn(sdk);
    FencingToken token = lock.fencingToken();
    wire.faults().next(fault);

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);

    assertOneExtraCallAtMost(fault);
    assertThat(wire.state()).isEqualTo("FREE");
    assertThat(wire.token()).isEqualTo(token.value());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void complete_isCompleted(Fault fault, Wire.Sdk sdk) throws InterruptedException {
    HeldLock lock = acquiredOn(sdk);
    wire.faults().next(fault);

    lock.complete(ofSeconds(60));

    assertOneExtraCallAtMost(fault);
    assertThat(wire.state()).isEqualTo("DONE");
  }

  private HeldLock acquiredOn(Wire.Sdk sdk) throws InterruptedException {
    wire = new Wire(server, sdk);
    HeldLock lock = acquired();
    wire.resetCounts();
    return lock;
  }

  private HeldLock acquired() throws InterruptedException {
    return wire.locks(LEASE).acquire(LockRequest.of(wire.name).waitUpTo(ofSeconds(30)));
  }

  private void assertOneExtraCallAtMost(Fault fault) {
    assertThat(wire.faults().injected(fault)).as("the fault was met").isEqualTo(1);
    assertThat(wire.calls()).isLessThanOrEqualTo(2);
    assertThat(wire.requests().values().stream().mapToInt(n -> n).sum())
        .as("requests on the wire")
        .isGreaterThanOrEqualTo(2);
  }
}
