package dev.holdfast.lock.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that {@code fold} of each sealed type passes each variant to its own function. */
class FoldTest {
  private static final Timeline TIMELINE = Timeline.tryAcquire().start();
  private static final AcquireStep.Send SEND = TIMELINE.sendStep();
  private static final LockRow ROW = TIMELINE.sentRow();
  private static final RowVersion VERSION = ROW.version();
  private static final Attempt ATTEMPT = SEND.next().attempt();
  private static final Hold HOLD =
      Hold.acquired(SEND.write(), TIMELINE.now(), Timeline.BOUNDED, false);
  private static final Reply.Failed FAILURE = Timeline.failure(Reply.FailureKind.PERMANENT, false);

  private static String named(String name, Object value) {
    return name + " " + value.getClass().getSimpleName();
  }

  private static String fold(Reply reply) {
    return reply.fold(r -> named("applied", r), r -> named("rejected", r), r -> named("failed", r));
  }

  @Test
  void reply() {
    assertThat(fold(new Reply.Applied(ROW, false))).isEqualTo("applied Applied");
    assertThat(fold(new Reply.Rejected(ROW))).isEqualTo("rejected Rejected");
    assertThat(fold(FAILURE)).isEqualTo("failed Failed");
  }

  private static String fold(Write write) {
    return write.fold(
        w -> named("acquire", w),
        w -> named("resume", w),
        w -> named("renew", w),
        w -> named("delete", w),
        w -> named("restore", w),
        w -> named("end", w));
  }

  @Test
  void write() {
    assertThat(fold(SEND.write())).isEqualTo("acquire Acquire");
    assertThat(fold(new Write.Resume(ROW, VERSION))).isEqualTo("resume Resume");
    assertThat(fold(new Write.Renew(ROW))).isEqualTo("renew Renew");
    assertThat(fold(new Write.Delete(ROW))).isEqualTo("delete Delete");
    assertThat(fold(new Write.Restore(ROW, VERSION))).isEqualTo("restore Restore");
    assertThat(fold(new Write.End(ROW))).isEqualTo("end End");
  }

  private static String fold(RowSnapshot snapshot) {
    return snapshot.fold(
        s -> named("row", s), s -> named("none", s), s -> named("unrecognized", s));
  }

  @Test
  void rowSnapshot() {
    assertThat(fold(ROW)).isEqualTo("row LockRow");
    assertThat(fold(new RowSnapshot.NoRow())).isEqualTo("none NoRow");
    assertThat(fold(new RowSnapshot.UnrecognizedRow("its format is 2")))
        .isEqualTo("unrecognized UnrecognizedRow");
  }

  private static String fold(StoredValue value) {
    return value.fold(v -> named("text", v), v -> named("bytes", v));
  }

  @Test
  void storedValue() {
    assertThat(fold(new StoredValue.Text("shipped"))).isEqualTo("text Text");
    assertThat(fold(StoredValue.Bytes.of(new byte[1]))).isEqualTo("bytes Bytes");
  }

  private static String fold(RenewalResult result) {
    return result.fold(r -> named("renewed", r), r -> named("lost", r), r -> named("unknown", r));
  }

  @Test
  void renewalResult() {
    assertThat(fold(new RenewalResult.Renewed(HOLD))).isEqualTo("renewed Renewed");
    assertThat(fold(new RenewalResult.Lost())).isEqualTo("lost Lost");
    assertThat(fold(new RenewalResult.Unknown(HOLD, FAILURE))).isEqualTo("unknown Unknown");
  }

  private static String fold(AcquireStep step) {
    return step.fold(
        s -> named("send", s),
        s -> named("pause", s),
        s -> named("compensate", s),
        s -> named("outcome", s));
  }

  @Test
  void acquireStep() {
    assertThat(fold(SEND)).isEqualTo("send Send");
    assertThat(fold(new AcquireStep.Pause(SEND.next(), 1))).isEqualTo("pause Pause");
    assertThat(fold(new AcquireStep.Compensate(new Write.End(ROW), SEND)))
        .isEqualTo("compensate Compensate");
    assertThat(fold((AcquireStep) new AcquireStep.Busy(ATTEMPT, ROW))).isEqualTo("outcome Busy");
  }

  private static String foldOutcome(AcquireStep.Outcome outcome) {
    return outcome.fold(
        o -> named("acquired", o),
        o -> named("busy", o),
        o -> named("completed", o),
        o -> named("unrecognized", o),
        o -> named("failed", o),
        o -> named("skew", o),
        o -> named("expired", o));
  }

  @Test
  void acquireOutcome() {
    assertThat(foldOutcome(new AcquireStep.Acquired(ATTEMPT, HOLD, ROW)))
        .isEqualTo("acquired Acquired");
    assertThat(foldOutcome(new AcquireStep.Busy(ATTEMPT, ROW))).isEqualTo("busy Busy");
    assertThat(foldOutcome(new AcquireStep.Completed(ATTEMPT, ROW)))
        .isEqualTo("completed Completed");
    assertThat(foldOutcome(new AcquireStep.UnrecognizedRow(ATTEMPT, "its format is 2")))
        .isEqualTo("unrecognized UnrecognizedRow");
    assertThat(foldOutcome(new AcquireStep.Failed(ATTEMPT, FAILURE))).isEqualTo("failed Failed");
    ClockSkewEstimate.Skew skew = new ClockSkewEstimate.Skew.Behind(700);
    assertThat(foldOutcome(new AcquireStep.ClockSkewExceeded(ATTEMPT, skew)))
        .isEqualTo("skew ClockSkewExceeded");
    assertThat(foldOutcome(new AcquireStep.LeaseExpired(ATTEMPT)))
        .isEqualTo("expired LeaseExpired");
  }

  private static String fold(MultiLockProtocol.Step step) {
    return step.fold(
        s -> named("acquire", s),
        s -> named("renew", s),
        s -> named("release", s),
        s -> named("lost", s),
        s -> named("all", s));
  }

  @Test
  void multiLockStep() {
    Attempt.Limits limits = new Attempt.Limits(0, 0);
    assertThat(fold(new MultiLockProtocol.Step.Acquire(ATTEMPT.spec(), limits)))
        .isEqualTo("acquire Acquire");
    assertThat(fold(new MultiLockProtocol.Step.Renew(0))).isEqualTo("renew Renew");
    assertThat(fold(new MultiLockProtocol.Step.Release(0))).isEqualTo("release Release");
    assertThat(fold(new MultiLockProtocol.Step.Lost(0))).isEqualTo("lost Lost");
    assertThat(fold(new MultiLockProtocol.Step.AllAcquired())).isEqualTo("all AllAcquired");
  }

  private static String fold(SemaphoreProtocol.Step step) {
    return step.fold(s -> named("acquire", s), s -> named("pause", s), s -> named("end", s));
  }

  @Test
  void semaphoreStep() {
    Attempt.Limits limits = new Attempt.Limits(0, 0);
    SemaphoreProtocol protocol =
        new SemaphoreProtocol(ATTEMPT.spec(), List.of(Permit.of("order-1", 1)), 0, 0, 0);
    assertThat(fold(new SemaphoreProtocol.Step.Acquire(protocol, ATTEMPT.spec(), limits)))
        .isEqualTo("acquire Acquire");
    assertThat(fold(new SemaphoreProtocol.Step.Pause(protocol, 1))).isEqualTo("pause Pause");
    assertThat(fold(new SemaphoreProtocol.Step.End(new AcquireStep.Busy(ATTEMPT, ROW))))
        .isEqualTo("end End");
  }

  private static String fold(RenewalProtocol.Step step) {
    return step.fold(s -> named("renew", s), s -> named("loss", s), s -> named("pause", s));
  }

  @Test
  void renewalStep() {
    RenewalProtocol protocol = new RenewalProtocol(1, 0, 0, false, 0);
    assertThat(fold(new RenewalProtocol.Step.Renew(protocol, 1))).isEqualTo("renew Renew");
    assertThat(fold(new RenewalProtocol.Step.ReportLoss(0))).isEqualTo("loss ReportLoss");
    assertThat(fold(new RenewalProtocol.Step.Pause(1))).isEqualTo("pause Pause");
  }

  private static String fold(TransferProtocol.Result result) {
    return result.fold(
        r -> named("resumed", r),
        r -> named("rejected", r),
        r -> named("failed", r),
        r -> named("expired", r));
  }

  @Test
  void transferResult() {
    Write release = new Write.End(ROW);
    assertThat(fold(new TransferProtocol.Result.Resumed(HOLD))).isEqualTo("resumed Resumed");
    assertThat(fold(new TransferProtocol.Result.Rejected(ROW))).isEqualTo("rejected Rejected");
    assertThat(fold(new TransferProtocol.Result.Failed(FAILURE, release)))
        .isEqualTo("failed Failed");
    assertThat(fold(new TransferProtocol.Result.LeaseExpired(release)))
        .isEqualTo("expired LeaseExpired");
  }

  @Test
  void checkedException_passesThrough() {
    assertThatThrownBy(() -> throwFor(new StoredValue.Text("shipped")))
        .isInstanceOf(IOException.class);
    assertThat(new ClockSkewEstimate.Skew.Behind(700).offset()).isEqualTo(Duration.ofMillis(-700));
    assertThat(new ClockSkewEstimate.Skew.Ahead(700).offset()).isEqualTo(Duration.ofMillis(700));
  }

  private static String throwFor(StoredValue value) throws IOException {
    return value.fold(
        text -> {
          throw new IOException(text.text());
        },
        bytes -> "bytes");
  }
}
