package dev.holdfast.lock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.protocol.Reply.Fault;
import dev.holdfast.lock.protocol.RowState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is worth a warning. The logging library of the tests writes to the error stream. */
class WarningsTest {
  private final ScriptedTable table = new ScriptedTable();
  private final HandTime time = new HandTime();
  private final Locks locks = Locks.on(table).withTime(time);
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(written, true, UTF_8));
  }

  @AfterEach
  void release() {
    System.setErr(err);
  }

  private List<String> warnings() {
    return written
        .toString(UTF_8)
        .lines()
        .filter(line -> line.contains(" WARN dev.holdfast.lock."))
        .map(line -> line.replaceFirst("^.* - ", ""))
        .toList();
  }

  @Test
  void backOffFromThrottling_isAWarning_withKeyWaitAndTry() throws InterruptedException {
    table.thenFails(Fault.THROTTLED, false).thenFails(Fault.THROTTLED, false);

    locks.acquire("order-1").close();

    assertThat(warnings()).hasSize(2);
    assertThat(warnings().get(0)).matches("lock=order-1 outcome=throttled try=1 waitMillis=\\d+");
    assertThat(warnings().get(1)).matches("lock=order-1 outcome=throttled try=2 waitMillis=\\d+");
  }

  @Test
  void releaseAfterTheLease_isAWarning() throws InterruptedException {
    HeldLock lock = locks.acquire("order-1");
    time.passes(ofSeconds(20));
    table.thenRefuses(write -> ScriptedTable.others(write, RowState.HELD));

    lock.close();

    assertThat(warnings())
        .containsExactly(
            "lock=order-1 outcome=LATE lateMillis=10010: released after its lease had ended");
  }

  @Test
  void releaseAfterTheLease_isAWarning_alsoWhereNobodyTookOver() throws InterruptedException {
    HeldLock lock = locks.acquire("order-1");
    time.passes(ofSeconds(10));

    lock.close();

    assertThat(warnings())
        .containsExactly(
            "lock=order-1 outcome=RELEASED lateMillis=10: released after its lease had ended");
  }

  @Test
  void warnings_areTheSame_whateverListenerThereIs() throws InterruptedException {
    Locks listened = locks.withListener(new LockListener() {});
    table.thenFails(Fault.THROTTLED, false);
    HeldLock lock = listened.acquire("order-1");
    time.passes(ofSeconds(10));
    lock.close();
    assertThat(warnings()).hasSize(2);
    assertThat(warnings().get(0)).contains("outcome=throttled try=1");
    assertThat(warnings().get(1)).contains("released after its lease had ended");
  }

  @Test
  void releaseThatIsNotAnswered_isAWarning() throws InterruptedException {
    HeldLock lock = locks.acquire("order-1");
    table.thenFails(Fault.NO_ANSWER, true).thenFails(Fault.NO_ANSWER, true);
    lock.close();
    assertThat(warnings())
        .containsExactly(
            "lock=order-1 outcome=UNKNOWN: no answer to the release, the lease will end");
  }

  @Test
  void lockThatIsHeldAndReleased_isNone() throws InterruptedException {
    locks.acquire("order-1").close();
    assertThat(warnings()).isEmpty();
  }
}
