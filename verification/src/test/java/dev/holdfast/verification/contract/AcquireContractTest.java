package dev.holdfast.verification.contract;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.testkit.ItemSize;
import dev.holdfast.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnEveryTable
class AcquireContractTest extends ContractFixture {
  private final Host first = host("first");
  private final Host second = host("second");

  AcquireContractTest(ContractTable table) {
    super(table);
  }

  @Test
  void freeName_isAcquired_andHeldForLeaseDuration() {
    HeldLock lock = first.acquire(name);

    assertThat(lock.isHeld()).isTrue();
    assertThat(lock.name()).isEqualTo(name);
    assertThat(lock.remaining())
        .isBetween(LEASE_DURATION.minusMillis(20), LEASE_DURATION.minusMillis(1));
    time.advance(LEASE_DURATION.minusMillis(20));
    assertThat(lock.isHeld()).isTrue();
    time.advance(Duration.ofMillis(19));
    assertThat(lock.isHeld()).isFalse();
  }

  @Test
  void acquiredRow_hasDocumentedAttributes_andIsSmall() {
    first.acquire(LockRequest.of(name).event("order-placed/1"));

    assertThat(row())
        .containsOnlyKeys(
            "resource_id",
            "format",
            "state",
            "nonce",
            "token",
            "version",
            "lease_ms",
            "expires_at",
            "skew_ms",
            "ttl",
            "event",
            "holder",
            "acquired_at");
    assertThat(numberAttribute("format")).isEqualTo(1);
    assertThat(stringAttribute("state")).isEqualTo("HELD");
    assertThat(numberAttribute("version")).isZero();
    assertThat(numberAttribute("token")).isEqualTo(NOON.toEpochMilli() * 1_000);
    assertThat(numberAttribute("lease_ms")).isEqualTo(10_000);
    assertThat(numberAttribute("expires_at")).isEqualTo(millisAfterNoon(LEASE_DURATION));
    assertThat(numberAttribute("skew_ms")).isEqualTo(1_000);
    assertThat(numberAttribute("ttl"))
        .isGreaterThanOrEqualTo(NOON.plus(ofHours(24)).getEpochSecond());
    assertThat(stringAttribute("event")).isEqualTo("order-placed/1");
    assertThat(stringAttribute("holder")).isEqualTo("first");
    assertThat(numberAttribute("acquired_at")).isEqualTo(NOON.toEpochMilli());
    assertThat(ItemSize.bytes(row())).isLessThan(400);
  }

  @Test
  void heldName_isBusy_andReportsHolderAndLeaseEnd() {
    first.acquire(LockRequest.of(name).event("order-placed/1"));
    time.advance(ofSeconds(3));

    Holder holder = second.expectBusy(name);

    assertThat(holder.description()).isEqualTo("first");
    assertThat(holder.event()).contains("order-placed/1");
    assertThat(holder.acquiredAt()).isEqualTo(NOON);
    assertThat(holder.leaseExpiresAt()).isEqualTo(NOON.plus(LEASE_DURATION));
  }

  @Test
  void heldName_isBusy_evenForItsHolder() {
    first.acquire(name);

    assertThat(first.expectBusy(name).description()).isEqualTo("first");
  }

  @Test
  void tryAcquire_ofHeldName_doesNotWait() {
    first.acquire(name);

    second.expectBusy(name);

    assertThat(time.wallTime()).isEqualTo(NOON);
  }

  @Test
  void acquire_ofHeldName_waitsMaxWait_thenReportsHolder() {
    first.acquire(name);

    var unavailable =
        catchThrowableOfType(
            LockUnavailableException.class,
            () -> second.lockClient().acquire(LockRequest.of(name).maxWait(ofSeconds(4))));

    assertThat(unavailable.holder().description()).isEqualTo("first");
    assertThat(unavailable).hasMessageContaining(name).hasMessageContaining("4 s");
    assertThat(Duration.between(NOON, time.wallTime())).isEqualTo(ofSeconds(4));
  }

  @Test
  void acquire_afterRelease_succeedsSoon() throws InterruptedException {
    HeldLock held = first.acquire(name);
    time.runAfter(ofSeconds(2), held::release);

    try (HeldLock lock = second.lockClient().acquire(LockRequest.of(name).maxWait(ofSeconds(8)))) {
      assertThat(lock.isHeld()).isTrue();
      assertThat(time.wallTime()).isBetween(NOON.plusSeconds(2), NOON.plusMillis(2_500));
    }
  }

  @Test
  void acquire_withZeroMaxWait_attemptsOnce() {
    first.acquire(name);

    assertThatThrownBy(
            () -> second.lockClient().acquire(LockRequest.of(name).maxWait(Duration.ZERO)))
        .isInstanceOf(LockUnavailableException.class);
    assertThat(time.wallTime()).isEqualTo(NOON);
  }

  @Test
  void fencingTokens_ofHoldersWithSkewedClocks_increase() {
    var clocks =
        List.of(NOON, NOON.minusSeconds(7_200), NOON.plusSeconds(60), NOON.minusSeconds(60), NOON);
    List<FencingToken> tokens = new ArrayList<>();

    for (Instant clock : clocks) {
      try (HeldLock lock = host("at " + clock, ManualClock.at(clock)).acquire(name)) {
        tokens.add(lock.fencingToken());
      }
    }

    assertThat(tokens).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void call_returnsResult_andReleases() throws Exception {
    String result = first.lockClient().call(name, lease -> "done while held: " + lease.isHeld());

    assertThat(result).isEqualTo("done while held: true");
    second.acquire(name);
  }

  @Test
  void call_ofFailingWork_rethrows_andReleases() {
    var failure = new IllegalStateException("the work failed");

    assertThatThrownBy(
            () ->
                first
                    .lockClient()
                    .call(
                        name,
                        lease -> {
                          throw failure;
                        }))
        .isSameAs(failure);
    second.acquire(name);
  }

  @Test
  void names_withDifferentBytes_areDifferentLocks() {
    String composed = name + "/\u00e9";
    String decomposed = name + "/e\u0301";
    try (HeldLock one = first.acquire(composed);
        HeldLock other = second.acquire(decomposed)) {
      assertThat(one.isHeld() && other.isHeld()).isTrue();
      assertThat(second.expectBusy(composed).description()).isEqualTo("first");
    }
  }

  @Test
  void longestName_isAccepted() {
    String longest = name + "x".repeat(2_048 - name.length());
    try (HeldLock lock = first.acquire(longest)) {
      assertThat(lock.isHeld()).isTrue();
    }
  }
}
