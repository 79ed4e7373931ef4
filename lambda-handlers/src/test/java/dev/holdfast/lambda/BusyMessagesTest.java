package dev.holdfast.lambda;

import static dev.holdfast.lambda.Batch.message;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.Holder;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.testkit.OtherHost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a busy message comes back. */
class BusyMessagesTest {
  private final Bench bench = new Bench();
  private final OtherHost other = OtherHost.on(bench.table, bench.time);
  private final Map<String, Duration> changed = new LinkedHashMap<>();
  private final Guard guard =
      bench
          .remembering()
          .waitUpTo(Duration.ZERO)
          .busyMessages((m, timeout) -> changed.put(m.getMessageId(), timeout));

  @Test
  void busyMessage_isReported_andComesBackAfterAsLongAsTheHoldHasLasted() {
    other.holds(LockRequest.of("order-1").lease(ofSeconds(60)));
    bench.time.advance(ofSeconds(7));
    assertThat(new Batch(bench, guard).run(message(1, "order-1"), message(2, "order-2")))
        .containsExactly("m-1");
    assertThat(changed).containsExactly(Map.entry("m-1", ofSeconds(7)));
  }

  @Test
  void messageThatFailed_comesBackWhenTheQueueSays() {
    Batch batch = new Batch(bench, guard);
    batch.broken = Set.of("m-1");
    assertThat(batch.run(message(1, "order-1"))).containsExactly("m-1");
    assertThat(changed).isEmpty();
  }

  @Test
  void changeThatFails_changesNothing() {
    other.holds("order-1");
    Guard failing =
        guard.busyMessages(
            (m, timeout) -> {
              throw new IOException("made up");
            });
    assertThat(new Batch(bench, failing).run(message(1, "order-1"), message(2, "order-2")))
        .containsExactly("m-1");
    assertThat(bench.done).containsExactly("m-2");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 60_000, 1",
    "7_000, 60_000, 7",
    "7_001, 60_000, 8",
    "50_000, 60_000, 11",
    "70_000, 60_000, 1",
    "43_200_001, 99_000_000, 43200",
  })
  void delay_isAsLongAgain_within1sAndTheLeasesEnd(String lasted, String lease, long seconds) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    Instant since = now.minus(millis(lasted));
    Holder holder = new Holder("somebody", Optional.empty(), since, since.plus(millis(lease)));
    assertThat(Comeback.delay(holder, now)).isEqualTo(ofSeconds(seconds));
    assertThat(Comeback.delay(holder, now)).isLessThanOrEqualTo(ofHours(12));
  }

  private static Duration millis(String text) {
    return ofMillis(Long.parseLong(text.replace("_", "")));
  }
}
