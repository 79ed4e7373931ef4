package dev.holdfast.testkit.contract;

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
import dev.holdfast.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnEveryTable
class AcquireContractTest extends Contract {
  private final Host first = host("first");
  private final Host second = host("second");

  AcquireContractTest(ContractTable table) {
    super(table);
  }

  @Test
  void freeName_isAcquired_andHeldForItsLease() {
    HeldLock lock = first.wins(name);

    assertThat(lock.isHeld()).isTrue();
    assertThat(lock.name()).isEqualTo(name);
    assertThat(lock.remaining()).isBetween(LEASE.minusMillis(20), LEASE.minusMillis(1));
    time.advance(LEASE.minusMillis(20));
    assertThat(lock.isHeld()).isTrue();
    time.advance(Duration.ofMillis(19));
    assertThat(lock.isHeld()).isFalse();
  }

  @Test
  void row_saysWhatTheFormatSays_andIsSmall() {
    first.wins(LockRequest.of(name).event("order-placed/1"));

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
    assertThat(number("format")).isEqualTo(1);
    assertThat(text("state")).isEqualTo("HELD");
    assertThat(number("version")).isZero();
    assertThat(number("token")).isEqualTo(NOON.toEpochMilli() * 1_000);
    assertThat(number("lease_ms")).isEqualTo(10_000);
    assertThat(number("expires_at")).isEqualTo(millisAfterNoon(LEASE));
    assertThat(number("skew_ms")).isEqualTo(1_000);
    assertThat(number("ttl")).isGreaterThanOrEqualTo(NOON.plus(ofHours(24)).getEpochSecond());
    assertThat(text("event")).isEqualTo("order-placed/1");
    assertThat(text("holder")).isEqualTo("first");
    assertThat(number("acquired_at")).isEqualTo(NOON.toEpochMilli());
    assertThat(ItemSize.bytes(row())).isLessThan(400);
  }

  @Test
  void heldName_isBusy_andSaysWhoHoldsItUntilWhen() {
    first.wins(LockRequest.of(name).event("order-placed/1"));
    time.advance(ofSeconds(3));

    Holder holder = second.findsBusy(name);

    assertThat(holder.description()).isEqualTo("first");
    assertThat(holder.event()).contains("order-placed/1");
    assertThat(holder.acquiredAt()).isEqualTo(NOON);
    assertThat(holder.leaseEnd()).isEqualTo(NOON.plus(LEASE));
  }

  @Test
  void heldName_isBusyForItsOwnHolderToo() {
    first.wins(name);

    assertThat(first.findsBusy(name).description()).isEqualTo("first");
  }

  @Test
  void tryAcquire_neverWaits() {
    first.wins(name);

    second.findsBusy(name);

    assertThat(time.wall()).isEqualTo(NOON);
  }

  @Test
  void acquire_ofAHeldName_waitsItsBound_thenSaysWhoHasIt() {
    first.wins(name);

    var unavailable =
        catchThrowableOfType(
            LockUnavailableException.class,
            () -> second.locks().acquire(LockRequest.of(name).waitUpTo(ofSeconds(4))));

    assertThat(unavailable.holder().description()).isEqualTo("first");
    assertThat(unavailable).hasMessageContaining(name).hasMessageContaining("4 s");
    assertThat(Duration.between(NOON, time.wall())).isEqualTo(ofSeconds(4));
  }

  @Test
  void acquire_succeedsSoonAfterARelease() throws InterruptedException {
    HeldLock held = first.wins(name);
    time.after(ofSeconds(2), held::release);

    try (HeldLock lock = second.locks().acquire(LockRequest.of(name).waitUpTo(ofSeconds(8)))) {
      assertThat(lock.isHeld()).isTrue();
      assertThat(time.wall()).isBetween(NOON.plusSeconds(2), NOON.plusMillis(2_500));
    }
  }

  @Test
  void acquire_withoutAnyWait_triesOnce() {
    first.wins(name);

    assertThatThrownBy(() -> second.locks().acquire(LockRequest.of(name).waitUpTo(Duration.ZERO)))
        .isInstanceOf(LockUnavailableException.class);
    assertThat(time.wall()).isEqualTo(NOON);
  }

  @Test
  void tokens_riseFromHolderToHolder_whateverTheirClocksSay() {
    var clocks =
        List.of(NOON, NOON.minusSeconds(7_200), NOON.plusSeconds(60), NOON.minusSeconds(60), NOON);
    List<FencingToken> tokens = new ArrayList<>();

    for (Instant clock : clocks) {
      try (HeldLock lock = host("at " + clock, ManualTime.at(clock)).wins(name)) {
        tokens.add(lock.fencingToken());
      }
    }

    assertThat(tokens).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void call_releases_andReturnsWhatTheWorkReturns() throws Exception {
    String result = first.locks().call(name, lease -> "done while held: " + lease.isHeld());

    assertThat(result).isEqualTo("done while held: true");
    second.wins(name);
  }

  @Test
  void call_releases_andPassesTheWorksOwnExceptionOn() {
    var own = new IllegalStateException("the work failed");

    assertThatThrownBy(
            () ->
                first
                    .locks()
                    .call(
                        name,
                        lease -> {
                          throw own;
                        }))
        .isSameAs(own);
    second.wins(name);
  }

  @Test
  void names_areKeptApart_byteForByte() {
    String composed = name + "/\u00e9";
    String decomposed = name + "/e\u0301";
    try (HeldLock one = first.wins(composed);
        HeldLock other = second.wins(decomposed)) {
      assertThat(one.isHeld() && other.isHeld()).isTrue();
      assertThat(second.findsBusy(composed).description()).isEqualTo("first");
    }
  }

  @Test
  void longestName_isTaken() {
    String longest = name + "x".repeat(2_048 - name.length());
    try (HeldLock lock = first.wins(longest)) {
      assertThat(lock.isHeld()).isTrue();
    }
  }
}
