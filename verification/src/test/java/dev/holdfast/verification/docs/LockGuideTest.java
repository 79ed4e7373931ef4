package dev.holdfast.verification.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.KeepAlive;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockListener;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.StoredResult;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.OtherHost;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.testkit.junit.SimulatedLockExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The snippets of {@code docs/lock.md}: the regions between {@code tag} and {@code end}. */
@ExtendWith(SimulatedLockExtension.class)
class LockGuideTest {
  private final Shop shop = new Shop();

  /** Work of the snippets. It records its calls. */
  private static final class Shop {
    final List<String> calls = new ArrayList<>();

    long sell(int item, FencingToken token) {
      calls.add("sell " + item);
      return token.value();
    }

    void pack(String item) {
      calls.add("pack " + item);
    }

    void transferMoney(String from, String to) {
      calls.add("transfer " + from + " " + to);
    }
  }

  @Test
  void readme_locksWithoutLambda(SimulatedTable client) throws InterruptedException {
    // tag::readme[]
    LockClient locks = DynamoDbLockClient.create(client, "locks");
    long sold = locks.call("order-42", lease -> shop.sell(42, lease.fencingToken()));

    locks.run(LockRequest.of("packing").permits(3), lease -> shop.pack("order-42"));

    MultiLockRequest accounts = MultiLockRequest.of("account-1", "account-2");
    locks.runAll(accounts, leases -> shop.transferMoney("account-1", "account-2"));
    // end::readme[]
    assertThat(sold).isPositive();
    assertThat(shop.calls)
        .containsExactly("sell 42", "pack order-42", "transfer account-1 account-2");
  }

  @Test
  void client_overridesDefaults(SimulatedTable client) throws InterruptedException {
    // tag::create[]
    LockClient locks =
        DynamoDbLockClient.create(client, "locks")
            .withLeaseDuration(Duration.ofSeconds(20))
            .withMaxWait(Duration.ofSeconds(5));
    // end::create[]
    try (HeldLock lock = locks.acquire("order-42")) {
      assertThat(lock.remaining()).isBetween(Duration.ofSeconds(19), Duration.ofSeconds(20));
    }
  }

  @Test
  void defaults_are10sLease_and30sMaxWait(LockClient locks, OtherHost otherHost)
      throws InterruptedException {
    try (HeldLock lock = locks.acquire("order-1")) {
      assertThat(lock.remaining()).isBetween(Duration.ofMillis(9_900), Duration.ofSeconds(10));
    }
    otherHost.acquire(LockRequest.of("order-42").leaseDuration(Duration.ofHours(1)));
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> locks.acquire("order-42"))
        .withMessageContaining("waited up to 30 s");
  }

  @Test
  void acquire_withDefaults_succeedsAfterACrashedHolder(LockClient locks, OtherHost otherHost)
      throws InterruptedException {
    otherHost.acquire("order-42");
    try (HeldLock lock = locks.acquire("order-42")) {
      assertThat(lock.isHeld()).isTrue();
    }
  }

  @Test
  void call_returnsResult(LockClient locks) throws InterruptedException {
    // tag::call[]
    long sold = locks.call("order-42", lease -> shop.sell(42, lease.fencingToken()));

    locks.run("order-42", lease -> shop.pack("order-42"));
    // end::call[]
    assertThat(sold).isPositive();
    assertThat(shop.calls).containsExactly("sell 42", "pack order-42");
  }

  @Test
  void acquire_isClosedByTryWithResources(LockClient locks) throws InterruptedException {
    // tag::acquire[]
    try (HeldLock lock = locks.acquire("order-42")) {
      shop.sell(42, lock.fencingToken());
    }
    // end::acquire[]
    assertThat(shop.calls).containsExactly("sell 42");
  }

  @Test
  void tryAcquire_handlesThreeOutcomes(LockClient locks, OtherHost otherHost) {
    otherHost.acquire("order-42");
    // tag::try[]
    String outcome =
        locks
            .tryAcquire("order-42")
            .fold(
                lock -> {
                  try (lock) {
                    return "sold with token " + shop.sell(42, lock.fencingToken());
                  }
                },
                busy -> "held by " + busy.holder().description(),
                completed -> "completed until " + completed.completion().expiresAt());
    // end::try[]
    assertThat(outcome).isEqualTo("held by another host");
  }

  @Test
  void tryAcquire_withMaxWait_returnsBusy(LockClient locks, OtherHost otherHost)
      throws InterruptedException {
    otherHost.acquire("order-42");
    // tag::trywait[]
    Acquisition outcome = locks.tryAcquire("order-42", Duration.ofSeconds(2));
    // end::trywait[]
    assertThat(outcome).isInstanceOf(Acquisition.Busy.class);
  }

  @Test
  void request_overridesClient(LockClient locks) throws InterruptedException {
    // tag::request[]
    LockRequest request =
        LockRequest.of("order-42")
            .leaseDuration(Duration.ofMinutes(1))
            .maxWait(Duration.ofSeconds(3))
            .event("event-17")
            .holder("nightly report");
    locks.run(request, lease -> shop.pack("order-42"));
    // end::request[]
    assertThat(shop.calls).containsExactly("pack order-42");
  }

  @Test
  void renew_extendsLease(LockClient locks, ManualClock clock) throws InterruptedException {
    // tag::renew[]
    try (HeldLock lock = locks.acquire("order-42")) {
      shop.pack("first half");
      lock.renew();
      shop.pack("second half");
    }
    // end::renew[]
    try (HeldLock lock = locks.acquire("order-42")) {
      clock.advance(Duration.ofSeconds(8));
      lock.renew();
      assertThat(lock.remaining()).isGreaterThan(Duration.ofSeconds(9));
    }
  }

  @Test
  void keepAlive_runsWork(LockClient locks) throws InterruptedException {
    // tag::keepalive[]
    try (HeldLock lock = locks.acquire("order-42");
        KeepAlive keepAlive = lock.keepAlive()) {
      long sold = keepAlive.call(lease -> shop.sell(42, lease.fencingToken()));
      shop.pack("sale " + sold);
    }
    // end::keepalive[]
    assertThat(shop.calls).hasSize(2);
  }

  @Test
  void call_ofWorkThatOutlivesLease_returnsNormally(LockClient locks, ManualClock clock)
      throws InterruptedException {
    List<LockEvent> late = new ArrayList<>();
    LockListener listener =
        new LockListener() {
          @Override
          public void onReleasedLate(LockEvent.ReleasedLate event) {
            late.add(event);
          }
        };
    String result =
        locks
            .withListener(listener)
            .call(
                "order-42",
                lease -> {
                  clock.advance(Duration.ofSeconds(11));
                  return "done";
                });
    assertThat(result).isEqualTo("done");
    assertThat(late).hasSize(1);
  }

  @Test
  void ensureHeld_stopsWorkThatOutlivesLease(LockClient locks, ManualClock clock) {
    List<String> items = List.of("a", "b", "c");
    assertThatExceptionOfType(LockLostException.class)
        .isThrownBy(
            () ->
                locks
                    .withListener(listenerThatAdvances(clock))
                    .run("order-42", lease -> packAll(lease, items)));
    assertThat(shop.calls).isEmpty();
  }

  private void packAll(Lease lease, List<String> items) {
    // tag::ensure[]
    for (String item : items) {
      lease.ensureHeld();
      shop.pack(item);
    }
    // end::ensure[]
  }

  private static LockListener listenerThatAdvances(ManualClock clock) {
    return new LockListener() {
      @Override
      public void onAcquired(LockEvent.Acquired event) {
        clock.advance(Duration.ofSeconds(11));
      }
    };
  }

  @Test
  void heldLock_isBusyForItsOwnThread(LockClient locks) throws InterruptedException {
    locks.run(
        "order-42",
        lease -> assertThat(locks.tryAcquire("order-42")).isInstanceOf(Acquisition.Busy.class));
  }

  @Test
  void permits_admitSeveralHolders(LockClient locks, OtherHost otherHost)
      throws InterruptedException {
    otherHost.acquire(LockRequest.of("packing").permits(3));
    // tag::permits[]
    locks.run(LockRequest.of("packing").permits(3), lease -> shop.pack("order-42"));
    // end::permits[]
    assertThat(shop.calls).containsExactly("pack order-42");
  }

  @Test
  void multiLock_hasOneTokenPerLock(LockClient locks) throws InterruptedException {
    // tag::multi[]
    MultiLockRequest accounts = MultiLockRequest.of("account-1", "account-2");
    try (HeldMultiLock held = locks.acquireAll(accounts)) {
      FencingToken token = held.lease("account-1").fencingToken();
      shop.sell(1, token);
    }
    // end::multi[]
    assertThat(shop.calls).containsExactly("sell 1");
  }

  @Test
  void completion_isReturnedToDuplicates(LockClient locks) throws InterruptedException {
    // tag::complete[]
    try (HeldLock lock = locks.acquire("payment-7")) {
      long sold = shop.sell(7, lock.fencingToken());
      lock.complete(Duration.ofDays(1), StoredResult.of("sale " + sold));
    }
    // end::complete[]
    // tag::duplicate[]
    String result =
        locks
            .tryAcquire("payment-7")
            .fold(
                lock -> {
                  try (lock) {
                    String sale = "sale " + shop.sell(7, lock.fencingToken());
                    lock.complete(Duration.ofDays(1), StoredResult.of(sale));
                    return sale;
                  }
                },
                busy -> "held by " + busy.holder().description(),
                done -> done.completion().result().flatMap(StoredResult::text).orElse(""));
    shop.pack(result);
    // end::duplicate[]
    assertThat(shop.calls).hasSize(2).last().asString().startsWith("pack sale ");
  }

  @Test
  void transfer_isResumedByReceiver(LockClient locks) throws InterruptedException {
    LockClient receiver = locks;
    // tag::transfer[]
    HeldLock sent = locks.acquire("order-42");
    String transfer = sent.transfer();

    try (HeldLock received = receiver.resume(transfer)) {
      shop.sell(42, received.fencingToken());
    }
    // end::transfer[]
    assertThat(sent.isHeld()).isFalse();
    assertThat(shop.calls).containsExactly("sell 42");
  }

  @Test
  void listener_isNotified(LockClient locks) throws InterruptedException {
    // tag::listener[]
    LockClient logged = locks.withListener(LockListener.logging());
    // end::listener[]
    logged.run("order-42", lease -> shop.pack("order-42"));
    assertThat(shop.calls).containsExactly("pack order-42");
  }

  @Test
  void busyLock_throwsWithHolder(LockClient locks, OtherHost otherHost)
      throws InterruptedException {
    otherHost.acquire(LockRequest.of("order-42").leaseDuration(Duration.ofHours(1)));
    // tag::errors[]
    try {
      locks.run("order-42", lease -> shop.pack("order-42"));
    } catch (LockUnavailableException e) {
      shop.pack("later, since it is held by " + e.holder().description());
    }
    // end::errors[]
    assertThat(shop.calls).containsExactly("pack later, since it is held by another host");
  }
}
