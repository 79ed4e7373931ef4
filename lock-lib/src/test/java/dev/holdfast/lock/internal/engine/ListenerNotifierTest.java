package dev.holdfast.lock.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockListener;
import dev.holdfast.lock.internal.protocol.Reply.FailureKind;
import dev.holdfast.lock.internal.protocol.RowState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Warnings about lock events. The logging library of the tests writes to stderr. */
class ListenerNotifierTest {
  private final ScriptedLockStore store = new ScriptedLockStore();
  private final ManualTimeSource timeSource = new ManualTimeSource();
  private final LockClient client = DefaultLockClient.create(store).withTimeSource(timeSource);
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(captured, true, UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(err);
  }

  private List<String> warnings() {
    return captured
        .toString(UTF_8)
        .lines()
        .filter(line -> line.contains(" WARN dev.holdfast.lock."))
        .map(line -> line.replaceFirst("^.* - ", ""))
        .toList();
  }

  @Test
  void acquire_whileThrottled_logsEachBackoff() throws InterruptedException {
    store.thenFails(FailureKind.THROTTLED, false).thenFails(FailureKind.THROTTLED, false);

    client.acquire("order-1").close();

    assertThat(warnings()).hasSize(2);
    assertThat(warnings().get(0))
        .matches("lock=order-1 outcome=throttled attempt=1 backoffMillis=\\d+");
    assertThat(warnings().get(1))
        .matches("lock=order-1 outcome=throttled attempt=2 backoffMillis=\\d+");
  }

  @Test
  void close_afterTakeover_logsAWarning() throws InterruptedException {
    HeldLock lock = client.acquire("order-1");
    timeSource.advance(ofSeconds(20));
    store.thenRejects(write -> ScriptedLockStore.otherRow(write, RowState.HELD));

    lock.close();

    assertThat(warnings())
        .containsExactly(
            "lock=order-1 outcome=LOCK_LOST lateMillis=10010 hint=\"the work outlived its lease\"");
  }

  @Test
  void close_afterExpiryWithoutTakeover_logsAWarning() throws InterruptedException {
    HeldLock lock = client.acquire("order-1");
    timeSource.advance(ofSeconds(10));

    lock.close();

    assertThat(warnings())
        .containsExactly(
            "lock=order-1 outcome=RELEASED lateMillis=10 hint=\"the work outlived its lease\"");
  }

  @Test
  void warnings_withAListener_areUnchanged() throws InterruptedException {
    LockClient withListener = client.withListener(new LockListener() {});
    store.thenFails(FailureKind.THROTTLED, false);
    HeldLock lock = withListener.acquire("order-1");
    timeSource.advance(ofSeconds(10));
    lock.close();
    assertThat(warnings()).hasSize(2);
    assertThat(warnings().get(0)).contains("outcome=throttled attempt=1");
    assertThat(warnings().get(1)).contains("the work outlived its lease");
  }

  @Test
  void close_withoutAReply_logsAWarning() throws InterruptedException {
    HeldLock lock = client.acquire("order-1");
    store.alwaysFails(FailureKind.NO_REPLY, true);
    lock.close();
    assertThat(warnings()).containsExactly("lock=order-1 outcome=UNKNOWN");
  }

  @Test
  void close_whileHeld_logsNoWarning() throws InterruptedException {
    client.acquire("order-1").close();
    assertThat(warnings()).isEmpty();
  }
}
