package dev.holdfast.verification.admin;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.StoredResult;
import dev.holdfast.lock.admin.BreakResult;
import dev.holdfast.lock.admin.StoredLock;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class LockAdminTest extends AdminFixture {

  @BeforeEach
  void createLockTable() throws InterruptedException {
    createTable();
  }

  private StoredLock.Held held() {
    return (StoredLock.Held) lockAdmin().find(NAME).orElseThrow();
  }

  @Test
  void heldLock_hasHolderAndLease() throws InterruptedException {
    HeldLock lock =
        lockClient("the shipper")
            .acquire(LockRequest.of(NAME).event("e-7").leaseDuration(ofSeconds(20)));
    lock.renew();

    StoredLock.Held held = held();

    assertThat(held.holder().description()).isEqualTo("the shipper");
    assertThat(held.holder().event()).contains("e-7");
    assertThat(held.holder().leaseExpiresAt()).isEqualTo("2027-01-15T08:00:20Z");
    assertThat(held.leaseDuration()).isEqualTo(ofSeconds(20));
    assertThat(held.maxSkew()).contains(ofSeconds(1));
    assertThat(held.fencingToken()).isEqualTo(lock.fencingToken());
    assertThat(held.version().renewals()).isEqualTo(1);
  }

  @Test
  void find_distinguishesFreeCompletedUnrecognizedAndMissing() throws InterruptedException {
    HeldLock released = acquire("me", NAME);
    long token = released.fencingToken().value();
    released.release();
    acquire("me", "completed").complete(Duration.ofDays(1), StoredResult.of("paid"));
    putUnrecognizedRow("unrecognized");

    assertThat(lockAdmin().find(NAME))
        .get()
        .isInstanceOfSatisfying(
            StoredLock.Free.class,
            free -> assertThat(free.lastFencingToken().value()).isEqualTo(token));
    assertThat(lockAdmin().find("completed"))
        .get()
        .isInstanceOfSatisfying(
            StoredLock.Completed.class,
            completed ->
                assertThat(completed.completion().result()).contains(StoredResult.of("paid")));
    assertThat(lockAdmin().find("unrecognized"))
        .contains(new StoredLock.Unrecognized("unrecognized", "it has no format number"));
    assertThat(lockAdmin().find("never")).isEmpty();
    assertThat(dynamoDb.drainCalls()).containsExactly("getItem", "getItem", "getItem", "getItem");
  }

  @Test
  void listHeld_returnsHeldAndUnrecognizedRows_ofAllPages() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      acquire("me", "held-" + i);
    }
    HeldLock released = acquire("me", "free");
    released.fencingToken();
    released.release();
    acquire("me", "completed").complete(Duration.ofDays(1));
    putUnrecognizedRow("unrecognized");

    assertThat(lockAdmin().listHeld())
        .extracting(StoredLock::name)
        .containsExactlyInAnyOrder(
            "held-0", "held-1", "held-2", "held-3", "held-4", "unrecognized");
    assertThat(dynamoDb.drainCalls()).hasSizeGreaterThanOrEqualTo(4).containsOnly("scan");
  }

  @Test
  void listHeld_readsPagesLazily() {
    for (int i = 0; i < 6; i++) {
      acquire("me", "held-" + i);
    }

    Iterator<StoredLock> locks = lockAdmin().listHeld().iterator();
    assertThat(dynamoDb.drainCalls()).as("check of the table's key").hasSize(1);
    assertThat(locks.next()).isInstanceOf(StoredLock.Held.class);
    assertThat(dynamoDb.drainCalls()).as("first page").hasSize(1);
  }

  @Test
  void crashedHolder_afterLeaseAndMaxSkew_isListed_butNotHeld() {
    acquire("crashed", NAME);
    time.advance(ofSeconds(11));

    assertThat(lockAdmin().listHeld()).hasSize(1);
    assertThat(held().mayBeHeldAt(time.wallTime().minusMillis(1))).isTrue();
    assertThat(held().mayBeHeldAt(time.wallTime())).isFalse();
  }

  @Test
  void unsynchronizedHolder_mayBeHeld_whileItsRowExists() throws InterruptedException {
    lockClient("me").withClockModel(ClockModel.unsynchronized()).acquire(LockRequest.of(NAME));
    time.advance(Duration.ofDays(30));

    assertThat(held().mayBeHeldAt(time.wallTime())).isTrue();
  }

  @Test
  void breakLock_freesLock_holderIsLost_andNextTokenIsLarger() {
    HeldLock lock = acquire("stuck", NAME);
    long token = lock.fencingToken().value();

    assertThat(lockAdmin().breakLock(held())).isInstanceOf(BreakResult.Broken.class);

    assertThat(dynamoDb.drainCalls()).containsExactly("getItem", "putItem");
    assertThat(lockAdmin().find(NAME)).get().isInstanceOf(StoredLock.Free.class);
    assertThat(acquire("next", NAME).fencingToken().value()).isGreaterThan(token);
    assertThatExceptionOfType(LockLostException.class).isThrownBy(lock::renew);
    assertThat(held().holder().description()).isEqualTo("next");
  }

  @Test
  void breakLock_ofHolderWithClockAhead_keepsTokensIncreasing() {
    time.adjustWall(Duration.ofDays(3));
    long token = acquire("ahead", NAME).fencingToken().value();
    time.adjustWall(Duration.ofDays(-3));

    lockAdmin().breakLock(held());

    assertThat(acquire("next", NAME).fencingToken().value()).isGreaterThan(token);
  }

  @Test
  void markerOfBrokenLock_staysUntilADayAfterItsToken() {
    time.adjustWall(Duration.ofDays(3));
    long token = acquire("ahead", NAME).fencingToken().value();
    time.adjustWall(Duration.ofDays(-3));

    lockAdmin().breakLock(held());

    assertThat(ttl()).isEqualTo(token / 1_000_000 + 86_400);
  }

  @Test
  void breakLock_afterRenewal_changesNothing() {
    HeldLock lock = acquire("alive", NAME);
    StoredLock.Held before = held();
    lock.renew();

    BreakResult result = lockAdmin().breakLock(before);

    assertThat(result).isEqualTo(new BreakResult.Changed(Optional.of(held())));
    assertThat(before).isNotEqualTo(held());
    lock.renew();
  }

  @Test
  void breakLock_afterTakeover_changesNothing() {
    acquire("crashed", NAME);
    StoredLock.Held before = held();
    time.advance(ofSeconds(11));
    HeldLock next = acquire("next", NAME);

    assertThat(lockAdmin().breakLock(before)).isInstanceOf(BreakResult.Changed.class);
    next.renew();
  }

  @Test
  void breakLock_afterRelease_createsNoRow() {
    HeldLock lock = acquire("me", NAME);
    StoredLock.Held before = held();
    lock.release();

    assertThat(lockAdmin().breakLock(before)).isEqualTo(new BreakResult.Changed(Optional.empty()));
    assertThat(lockAdmin().find(NAME)).isEmpty();
  }

  @Test
  void breakLock_afterLostReply_isBroken() {
    acquire("stuck", NAME);
    StoredLock.Held observed = held();
    dynamoDb.answerNext(
        "putItem",
        real -> {
          real.execute();
          return real.execute();
        });

    assertThat(lockAdmin().breakLock(observed)).isEqualTo(new BreakResult.Broken(observed));
  }

  @Test
  void breakLock_withoutReply_reportsUnknownOutcome() {
    acquire("stuck", NAME);
    StoredLock.Held observed = held();
    dynamoDb.failAlways("putItem", SdkClientException.create("timed out"));

    assertThatExceptionOfType(LockTableUnreachableException.class)
        .isThrownBy(() -> lockAdmin().breakLock(observed))
        .withMessageContaining("may or may not have taken effect");
  }

  @Test
  void markerOfBrokenLock_expiresAfterOneDay() {
    acquire("stuck", NAME);
    lockAdmin().breakLock(held());

    assertThat(ttl()).isEqualTo(time.wallTime().plus(Duration.ofDays(1)).getEpochSecond());
  }

  /** Returns the time to live of the only row. */
  private long ttl() {
    return Long.parseLong(local.scan(r -> r.tableName(TABLE)).items().get(0).get("ttl").n());
  }

  @Test
  void emptyName_isRejected_withoutRequest() {
    assertThatIllegalArgumentException().isThrownBy(() -> lockAdmin().find(""));
    assertThat(dynamoDb.drainCalls()).isEmpty();
  }
}
