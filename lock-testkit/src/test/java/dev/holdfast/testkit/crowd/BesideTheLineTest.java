package dev.holdfast.testkit.crowd;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Locks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Threads that do not stand in line take the lock before those of their host that do. */
class BesideTheLineTest {
  private final Hosts hosts = new Hosts();

  /** Takes the lock without standing in line, and holds it. */
  private Callable<Void> taker(Locks mine, Duration hold) {
    return () -> {
      assertThat(mine.tryAcquire("order-42"))
          .isInstanceOfSatisfying(
              Acquisition.Acquired.class,
              acquired -> {
                try (HeldLock lock = acquired.lock()) {
                  hosts.time.sleep(hold);
                  lock.ensureHeld();
                } catch (InterruptedException e) {
                  throw new IllegalStateException("nobody interrupts this", e);
                }
              });
      return null;
    };
  }

  private Callable<Void> holdsElsewhere(Duration hold) throws Exception {
    HeldLock elsewhere = hosts.host(2).acquire("order-42");
    return () -> {
      hosts.time.sleep(hold);
      elsewhere.close();
      return null;
    };
  }

  @Test
  void firstInLine_doesNotAskOn_whileAnotherThreadOfItsHostHasWhatItAskedFor() throws Exception {
    hosts.time.run(
        List.of(
            holdsElsewhere(ofSeconds(1)),
            hosts.worker(2, hosts.one, ofMillis(100)),
            hosts.after(ofMillis(1_011), taker(hosts.one, ofSeconds(3))),
            hosts.after(
                ofMillis(1_100),
                () -> {
                  long calls = hosts.meter.calls();
                  hosts.time.sleep(ofSeconds(2));
                  assertThat(hosts.meter.calls()).isEqualTo(calls);
                  return null;
                })));
    assertThat(hosts.served()).containsExactly(2);
  }

  @Test
  void firstInLine_asksAtOnce_whereTheLockWasReleasedWhileItsRefusalWasUnderWay() throws Exception {
    Locks hearsLate = hosts.host(3, ofMillis(50));
    List<Long> served = new ArrayList<>();
    hosts.time.run(
        List.of(
            taker(hearsLate, ofMillis(10)),
            hosts.after(
                ofMillis(1),
                () -> {
                  try (HeldLock lock = hearsLate.acquire("order-42")) {
                    served.add(hosts.time.monotonicNanos());
                    lock.ensureHeld();
                    return null;
                  }
                })));
    assertThat(served)
        .as("asked at 1 ms, refused at 61 ms, asked again, granted")
        .containsExactly(ofMillis(71).toNanos());
  }

  @Test
  void firstInLine_thatRested_waitsForWhoTookTheLockMeanwhile() throws Exception {
    List<Callable<Void>> work = new ArrayList<>();
    for (int number = 1; number <= 17; number++) {
      Callable<Void> worker = hosts.worker(number, hosts.one, ofMillis(800));
      Callable<Void> beside = taker(hosts.one, ofSeconds(1));
      boolean sixteenth = number == 16;
      work.add(
          hosts.after(
              ofMillis(number),
              () -> {
                worker.call();
                return sixteenth ? beside.call() : null;
              }));
    }

    hosts.time.run(work);

    assertThat(hosts.served()).hasSize(17).endsWith(16, 17);
    assertThat(hosts.meter.refusedPerHandOver()).isZero();
  }
}
