package dev.holdfast.testkit.admin;

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
import dev.holdfast.lock.dynamodb.admin.Breaking;
import dev.holdfast.lock.dynamodb.admin.StoredLock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class StoredLocksTest extends AdminTest {

  @BeforeEach
  void table() throws InterruptedException {
    createTable();
  }

  private StoredLock.Held held() {
    return (StoredLock.Held) stored().find(NAME).orElseThrow();
  }

  @Test
  void heldLock_tellsItsHolder() throws InterruptedException {
    HeldLock lock =
        host("the shipper").acquire(LockRequest.of(NAME).event("e-7").lease(ofSeconds(20)));
    lock.renew();

    StoredLock.Held held = held();

    assertThat(held.holder().description()).isEqualTo("the shipper");
    assertThat(held.holder().event()).contains("e-7");
    assertThat(held.holder().leaseEnd()).isEqualTo("2027-01-15T08:00:20Z");
    assertThat(held.lease()).isEqualTo(ofSeconds(20));
    assertThat(held.maxSkew()).contains(ofSeconds(1));
    assertThat(held.fencingToken()).isEqualTo(lock.fencingToken());
    assertThat(held.sight().renewals()).isEqualTo(1);
  }

  @Test
  void freeDoneUnreadableAndMissing_areToldApart() throws InterruptedException {
    HeldLock released = acquired("me", NAME);
    long token = released.fencingToken().value();
    released.release();
    acquired("me", "done").complete(Duration.ofDays(1), StoredResult.of("paid"));
    putForeignRow("foreign");

    assertThat(stored().find(NAME))
        .get()
        .isInstanceOfSatisfying(
            StoredLock.Free.class, f -> assertThat(f.lastToken().value()).isEqualTo(token));
    assertThat(stored().find("done"))
        .get()
        .isInstanceOfSatisfying(
            StoredLock.Done.class,
            d -> assertThat(d.completion().result()).contains(StoredResult.of("paid")));
    assertThat(stored().find("foreign"))
        .contains(new StoredLock.Unreadable("foreign", "it has no format number"));
    assertThat(stored().find("never")).isEmpty();
    assertThat(dynamoDb.takeCalls()).containsExactly("getItem", "getItem", "getItem", "getItem");
  }

  @Test
  void list_hasWhatMayBlock_ofAllPages_andNothingElse() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      acquired("me", "held-" + i);
    }
    HeldLock released = acquired("me", "free");
    released.fencingToken();
    released.release();
    acquired("me", "done").complete(Duration.ofDays(1));
    putForeignRow("foreign");

    assertThat(stored().held())
        .extracting(StoredLock::name)
        .containsExactlyInAnyOrder("held-0", "held-1", "held-2", "held-3", "held-4", "foreign");
    assertThat(dynamoDb.takeCalls()).hasSizeGreaterThanOrEqualTo(4).containsOnly("scan");
  }

  @Test
  void list_readsAsFarAsItIsUsed() {
    for (int i = 0; i < 6; i++) {
      acquired("me", "held-" + i);
    }

    assertThat(stored().held().iterator().next()).isInstanceOf(StoredLock.Held.class);
    assertThat(dynamoDb.takeCalls()).hasSize(1);
  }

  @Test
  void crashedHolder_isSeen_butHoldsNoMore() {
    acquired("crashed", NAME);
    time.advance(ofSeconds(11));

    assertThat(stored().held()).hasSize(1);
    assertThat(held().mayBeHeldAt(time.wall().minusMillis(1))).isTrue();
    assertThat(held().mayBeHeldAt(time.wall())).isFalse();
  }

  @Test
  void holderThatTrustsNoClock_mayHoldForAsLongAsItsRowStands() throws InterruptedException {
    host("me").withClockModel(ClockModel.unsynchronized()).acquire(LockRequest.of(NAME));
    time.advance(Duration.ofDays(30));

    assertThat(held().mayBeHeldAt(time.wall())).isTrue();
  }

  @Test
  void brokenLock_isFree_itsHolderIsLost_andTheNextTokenIsLarger() {
    HeldLock lock = acquired("stuck", NAME);
    long token = lock.fencingToken().value();

    assertThat(stored().breakLock(held())).isInstanceOf(Breaking.Broken.class);

    assertThat(dynamoDb.takeCalls()).containsExactly("getItem", "putItem");
    assertThat(stored().find(NAME)).get().isInstanceOf(StoredLock.Free.class);
    assertThat(acquired("next", NAME).fencingToken().value()).isGreaterThan(token);
    assertThatExceptionOfType(LockLostException.class).isThrownBy(lock::renew);
    assertThat(held().holder().description()).isEqualTo("next");
  }

  @Test
  void lockOfAHostWhoseClockIsAhead_isBroken_withoutATokenGoingBack() {
    time.jumpWall(Duration.ofDays(3));
    long token = acquired("ahead", NAME).fencingToken().value();
    time.jumpWall(Duration.ofDays(-3));

    stored().breakLock(held());

    assertThat(acquired("next", NAME).fencingToken().value()).isGreaterThan(token);
  }

  @Test
  void lockThatWasRenewedSince_isLeft() {
    HeldLock lock = acquired("alive", NAME);
    StoredLock.Held before = held();
    lock.renew();

    Breaking breaking = stored().breakLock(before);

    assertThat(breaking).isEqualTo(new Breaking.Changed(Optional.of(held())));
    assertThat(before).isNotEqualTo(held());
    lock.renew();
  }

  @Test
  void lockOfASuccessor_isLeft() {
    acquired("crashed", NAME);
    StoredLock.Held before = held();
    time.advance(ofSeconds(11));
    HeldLock next = acquired("next", NAME);

    assertThat(stored().breakLock(before)).isInstanceOf(Breaking.Changed.class);
    next.renew();
  }

  @Test
  void lockThatWasReleasedSince_isLeft_andNoRowIsMade() {
    HeldLock lock = acquired("me", NAME);
    StoredLock.Held before = held();
    lock.release();

    assertThat(stored().breakLock(before)).isEqualTo(new Breaking.Changed(Optional.empty()));
    assertThat(stored().find(NAME)).isEmpty();
  }

  @Test
  void breakWhoseAnswerIsLost_isBroken() {
    acquired("stuck", NAME);
    StoredLock.Held seen = held();
    dynamoDb.next(
        "putItem",
        real -> {
          real.make();
          return real.make();
        });

    assertThat(stored().breakLock(seen)).isEqualTo(new Breaking.Broken(seen));
  }

  @Test
  void breakWithoutAnAnswer_isAnError_thatDoesNotSayItFailed() {
    acquired("stuck", NAME);
    StoredLock.Held seen = held();
    dynamoDb.fails("putItem", SdkClientException.create("timed out"));

    assertThatExceptionOfType(LockTableUnreachableException.class)
        .isThrownBy(() -> stored().breakLock(seen))
        .withMessageContaining("may or may not have taken effect");
  }

  @Test
  void markerOfABrokenLock_goesByTimeToLive_aDayLater() {
    acquired("stuck", NAME);
    stored().breakLock(held());

    String ttl = local.scan(r -> r.tableName(TABLE)).items().get(0).get("ttl").n();

    assertThat(Long.parseLong(ttl))
        .isEqualTo(time.wall().plus(Duration.ofDays(1)).getEpochSecond());
  }

  @Test
  void emptyName_isRefused_withoutACall() {
    assertThatIllegalArgumentException().isThrownBy(() -> stored().find(""));
    assertThat(dynamoDb.takeCalls()).isEmpty();
  }
}
