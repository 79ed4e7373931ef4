package dev.holdfast.testkit.contract;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.lock.AlreadyDoneException;
import dev.holdfast.lock.Completion;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.PayloadMismatchException;
import dev.holdfast.lock.StoredResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnEveryTable
class CompleteContractTest extends Contract {
  private static final Duration WINDOW = ofHours(1);

  private final Host first = host("first");
  private final Host second = host("second");

  CompleteContractTest(ContractTable table) {
    super(table);
  }

  @Test
  void complete_isRememberedForItsWindow() {
    first.wins(LockRequest.of(name).event("order-placed/1")).complete(WINDOW);

    Completion completion = second.findsDone(name);

    assertThat(completion.name()).isEqualTo(name);
    assertThat(completion.event()).contains("order-placed/1");
    assertThat(completion.until()).isEqualTo(NOON.plus(WINDOW));
    assertThat(text("state")).isEqualTo("DONE");
  }

  @Test
  void acquire_ofACompletedName_saysSoAtOnce() {
    first.wins(name).complete(WINDOW);

    var done =
        catchThrowableOfType(
            AlreadyDoneException.class, () -> second.locks().acquire(LockRequest.of(name)));

    assertThat(done.completion().until()).isEqualTo(NOON.plus(WINDOW));
    assertThat(time.wall()).isEqualTo(NOON);
  }

  @Test
  void completedName_canBeAcquired_whenItsWindowIsOver_andNotBefore() {
    HeldLock lock = first.wins(name);
    long token = lock.fencingToken().value();
    lock.complete(WINDOW);

    time.advance(WINDOW.minusMillis(1));
    second.findsDone(name);
    time.advance(ofMillis(1));

    assertThat(second.wins(name).fencingToken().value()).isGreaterThan(token);
  }

  @Test
  void close_afterComplete_leavesTheCompletion() {
    HeldLock lock = first.wins(name);
    lock.complete(WINDOW);
    lock.close();

    second.findsDone(name);
    assertThat(lock.isHeld()).isFalse();
  }

  @Test
  void complete_afterTakeover_isLost_andLeavesTheSuccessor() {
    HeldLock lock = first.wins(name);
    time.advance(LEASE.plus(SKEW));
    second.wins(name);
    var row = row();

    assertThatThrownBy(() -> lock.complete(WINDOW)).isInstanceOf(LockLostException.class);

    assertThat(row()).isEqualTo(row);
  }

  @Test
  void complete_ofARowThatIsGone_isLost_andWritesNone() {
    HeldLock lock = first.wins(name);
    table.delete(name);

    assertThatThrownBy(() -> lock.complete(WINDOW)).isInstanceOf(LockLostException.class);

    assertThat(table.row(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.999S"})
  void window_belowItsBound_isRefused_andTheLockStaysHeld(Duration window) {
    HeldLock lock = first.wins(name);

    assertThatThrownBy(() -> lock.complete(window))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("window must be at least 1 s");
    assertThat(lock.isHeld()).isTrue();
  }

  @Test
  void result_isGivenToDuplicates_untilTheWindowEnds() {
    first.wins(name).complete(ofSeconds(60), StoredResult.of("{\"shipped\":42}"));

    assertThat(second.findsDone(name).result()).contains(StoredResult.of("{\"shipped\":42}"));

    time.advance(ofSeconds(60));
    second.wins(name);
    assertThat(row()).doesNotContainKey("result");
  }

  @Test
  void result_ofBytes_isGivenToDuplicates() {
    byte[] bytes = {0, -1, 1, 127};
    first.wins(name).complete(ofSeconds(60), StoredResult.of(bytes));
    assertThat(second.findsDone(name).result().orElseThrow().bytes()).isEqualTo(bytes);
  }

  @Test
  void largestResult_fitsIntoTheRow() {
    String largest = "x".repeat(350 * 1_024);
    first.wins(name).complete(ofSeconds(60), StoredResult.of(largest).upTo(350 * 1_024));
    assertThat(second.findsDone(name).result().flatMap(StoredResult::text)).contains(largest);
  }

  @Test
  void sameIdWithAnotherPayload_isAMismatch_andLeavesTheRow() {
    first.wins(LockRequest.of(name).payloadHash("h-1")).complete(ofSeconds(60));
    assertThatThrownBy(() -> second.locks().tryAcquire(LockRequest.of(name).payloadHash("h-2")))
        .isInstanceOf(PayloadMismatchException.class);
    assertThat(text("payload_hash")).isEqualTo("h-1");
    assertThat(text("state")).isEqualTo("DONE");
  }
}
