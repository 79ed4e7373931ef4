package dev.holdfast.testkit.wire;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One request of an operation goes wrong in one way, through the real SDK over real HTTP: the
 * caller is told the truth, at the cost of one extra call at most.
 */
@ParameterizedClass
@EnumSource
class LostReplyTest {
  /** Gives the SDK 1 s for an attempt and 2 s for a call, where it must run into its time-out. */
  private static final Duration SHORT = ofSeconds(4);

  /** Gives it time enough on a busy machine too. */
  private static final Duration LONG = ofSeconds(60);

  @AutoClose private static final LocalDynamoDb server = Wire.server();

  @AutoClose private final Wire wire;

  LostReplyTest(Wire.Sdk sdk) {
    wire = new Wire(server, sdk);
  }

  /** Every way in which one request can go wrong and leave a doubt, or none. */
  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest
  @EnumSource(
      names = {
        "REPLY_LOST",
        "REPLY_HELD",
        "REQUEST_LOST",
        "REQUEST_HELD",
        "FAILED_AFTER_APPLYING",
        "FAILED_BEFORE_APPLYING",
        "THROTTLED"
      })
  @interface WithEachFault {}

  @WithEachFault
  void acquire_isAcquired(Fault fault) throws InterruptedException {
    wire.faults().next(fault);

    HeldLock lock = acquired(fault);

    assertOneExtraCallAtMost(fault);
    assertThat(lock.isHeld()).isTrue();
    assertThat(wire.state()).isEqualTo("HELD");
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(wire.state()).isIn("FREE", "absent");
  }

  @WithEachFault
  void renew_isRenewed(Fault fault) throws InterruptedException {
    HeldLock lock = acquiredWell(fault);
    wire.time.advance(ofSeconds(1));
    wire.faults().next(fault);

    lock.renew();

    assertOneExtraCallAtMost(fault);
    assertThat(lock.remaining()).isGreaterThan(ofSeconds(3));
    assertThat(wire.version()).isEqualTo("1");
    assertThat(wire.state()).isEqualTo("HELD");
  }

  @WithEachFault
  void releaseByDeleting_isReleased(Fault fault) throws InterruptedException {
    HeldLock lock = acquiredWell(fault);
    wire.faults().next(fault);

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);

    assertOneExtraCallAtMost(fault);
    assertThat(wire.state()).isEqualTo("absent");
  }

  @WithEachFault
  void releaseByMarking_isReleased(Fault fault) throws InterruptedException {
    HeldLock lock = acquiredWell(fault);
    FencingToken token = lock.fencingToken();
    wire.faults().next(fault);

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);

    assertOneExtraCallAtMost(fault);
    assertThat(wire.state()).isEqualTo("FREE");
    assertThat(wire.token()).isEqualTo(token.value());
  }

  @WithEachFault
  void complete_isCompleted(Fault fault) throws InterruptedException {
    HeldLock lock = acquiredWell(fault);
    wire.faults().next(fault);

    lock.complete(ofSeconds(60));

    assertOneExtraCallAtMost(fault);
    assertThat(wire.state()).isEqualTo("DONE");
  }

  @WithEachFault
  void redeem_isRedeemed(Fault fault) throws InterruptedException {
    String ticket = acquiredWell(fault).ticket();
    Locks receiver = wire.locks(lease(fault));
    wire.faults().next(fault);

    HeldLock lock = receiver.redeem(ticket);

    assertOneExtraCallAtMost(fault);
    assertThat(lock.isHeld()).isTrue();
    assertThat(wire.state()).isEqualTo("HELD");
    assertThat(wire.token()).isEqualTo(lock.fencingToken().value());
  }

  private static Duration lease(Fault fault) {
    return fault == Fault.REPLY_HELD || fault == Fault.REQUEST_HELD ? SHORT : LONG;
  }

  private HeldLock acquiredWell(Fault fault) throws InterruptedException {
    HeldLock lock = acquired(fault);
    wire.resetCounts();
    return lock;
  }

  private HeldLock acquired(Fault fault) throws InterruptedException {
    return wire.locks(lease(fault)).acquire(LockRequest.of(wire.name).waitUpTo(ofSeconds(30)));
  }

  private void assertOneExtraCallAtMost(Fault fault) {
    assertThat(wire.faults().injected(fault)).as("the fault was met").isEqualTo(1);
    assertThat(wire.calls()).isLessThanOrEqualTo(2);
    assertThat(wire.requests().values().stream().mapToInt(n -> n).sum())
        .as("requests on the wire")
        .isGreaterThanOrEqualTo(2);
  }
}
