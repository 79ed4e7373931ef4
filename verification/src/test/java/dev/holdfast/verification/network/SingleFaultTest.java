package dev.holdfast.verification.network;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests one fault of one request through the SDK and HTTP. The caller receives the correct outcome,
 * and the lock makes at most one extra call.
 */
@ParameterizedClass
@EnumSource
@Execution(ExecutionMode.CONCURRENT) // the tests wait for timeouts of the SDK
class SingleFaultTest {
  /** A lease with which the SDK times out after 1 s for an attempt and 2 s for a call. */
  private static final Duration SHORT_LEASE_DURATION = ofSeconds(4);

  /** A lease with timeouts that are long enough for a busy machine. */
  private static final Duration LONG_LEASE_DURATION = ofSeconds(60);

  @AutoClose private static final LocalDynamoDb server = FaultProxyFixture.startServer();

  @AutoClose private final FaultProxyFixture fixture;

  SingleFaultTest(FaultProxyFixture.SdkRetries sdk) {
    fixture = new FaultProxyFixture(server, sdk);
  }

  /** Runs a test with each fault of a single request. */
  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest
  @EnumSource(
      names = {
        "REPLY_LOST",
        "REPLY_DELAYED",
        "REQUEST_LOST",
        "REQUEST_DELAYED",
        "FAILED_AFTER_APPLYING",
        "FAILED_BEFORE_APPLYING",
        "THROTTLED"
      })
  @interface WithEachFault {}

  @WithEachFault
  void acquire_afterFault_isAcquired(Fault fault) throws InterruptedException {
    fixture.faults().next(fault);

    HeldLock lock = acquire(fault);

    assertAtMostOneExtraCall(fault);
    assertThat(lock.isHeld()).isTrue();
    assertThat(fixture.state()).isEqualTo("HELD");
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(fixture.state()).isIn("FREE", "absent");
  }

  @WithEachFault
  void renew_afterFault_isRenewed(Fault fault) throws InterruptedException {
    HeldLock lock = acquireWithoutFault(fault);
    fixture.time.advance(ofSeconds(1));
    fixture.faults().next(fault);

    lock.renew();

    assertAtMostOneExtraCall(fault);
    assertThat(lock.remaining()).isGreaterThan(ofSeconds(3));
    assertThat(fixture.version()).isEqualTo("1");
    assertThat(fixture.state()).isEqualTo("HELD");
  }

  @WithEachFault
  void release_byDeletion_afterFault_isReleased(Fault fault) throws InterruptedException {
    HeldLock lock = acquireWithoutFault(fault);
    fixture.faults().next(fault);

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);

    assertAtMostOneExtraCall(fault);
    assertThat(fixture.state()).isEqualTo("absent");
  }

  @WithEachFault
  void release_byMarker_afterFault_isReleased(Fault fault) throws InterruptedException {
    HeldLock lock = acquireWithoutFault(fault);
    FencingToken token = lock.fencingToken();
    fixture.faults().next(fault);

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);

    assertAtMostOneExtraCall(fault);
    assertThat(fixture.state()).isEqualTo("FREE");
    assertThat(fixture.token()).isEqualTo(token.value());
  }

  @WithEachFault
  void complete_afterFault_isCompleted(Fault fault) throws InterruptedException {
    HeldLock lock = acquireWithoutFault(fault);
    fixture.faults().next(fault);

    lock.complete(ofSeconds(60));

    assertAtMostOneExtraCall(fault);
    assertThat(fixture.state()).isEqualTo("COMPLETED");
  }

  @WithEachFault
  void resume_afterFault_isResumed(Fault fault) throws InterruptedException {
    String transfer = acquireWithoutFault(fault).transfer();
    LockClient receivingClient = fixture.lockClient(leaseDuration(fault));
    fixture.faults().next(fault);

    HeldLock lock = receivingClient.resume(transfer);

    assertAtMostOneExtraCall(fault);
    assertThat(lock.isHeld()).isTrue();
    assertThat(fixture.state()).isEqualTo("HELD");
    assertThat(fixture.token()).isEqualTo(lock.fencingToken().value());
  }

  private static Duration leaseDuration(Fault fault) {
    return fault == Fault.REPLY_DELAYED || fault == Fault.REQUEST_DELAYED
        ? SHORT_LEASE_DURATION
        : LONG_LEASE_DURATION;
  }

  private HeldLock acquireWithoutFault(Fault fault) throws InterruptedException {
    HeldLock lock = acquire(fault);
    fixture.resetCounts();
    return lock;
  }

  private HeldLock acquire(Fault fault) throws InterruptedException {
    return fixture
        .lockClient(leaseDuration(fault))
        .acquire(LockRequest.of(fixture.name).maxWait(ofSeconds(30)));
  }

  private void assertAtMostOneExtraCall(Fault fault) {
    assertThat(fixture.faults().injectedCount(fault)).as("the fault was met").isEqualTo(1);
    assertThat(fixture.sdkCalls()).isLessThanOrEqualTo(2);
    assertThat(fixture.requests().values().stream().mapToInt(n -> n).sum())
        .as("requests on the wire")
        .isGreaterThanOrEqualTo(2);
  }
}
