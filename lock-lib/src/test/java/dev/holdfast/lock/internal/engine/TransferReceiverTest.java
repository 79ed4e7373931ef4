package dev.holdfast.lock.internal.engine;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockOutcomeUnknownException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.TransferRefusedException;
import dev.holdfast.lock.TransferRefusedException.Reason;
import dev.holdfast.lock.UnrecognizedRowException;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.Reply.FailureKind;
import dev.holdfast.lock.internal.protocol.RowSnapshot;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.protocol.RowVersion;
import dev.holdfast.lock.internal.protocol.Write;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TransferReceiverTest {
  private final ScriptedLockStore store = new ScriptedLockStore();
  private final ManualTimeSource timeSource = new ManualTimeSource();
  private final LockClient client =
      DefaultLockClient.create(store).withTimeSource(timeSource).withLeaseDuration(ofSeconds(10));
  private final HeldLock giver =
      ((Acquisition.Acquired) client.tryAcquire(LockRequest.of("order-1").event("e-1"))).lock();

  @Test
  void transfer_sendsNothing_andEndsTheHold() {
    giver.transfer();

    assertThat(giver.isHeld()).isFalse();
    assertThat(giver.remaining()).isZero();
    giver.close();
    assertThat(store.writes()).hasSize(1);
  }

  @Test
  void giver_usedAfterTransfer_throwsLockClosedException() {
    giver.transfer();
    String reason = "because it was transferred";
    assertThatThrownBy(giver::renew)
        .isInstanceOf(LockClosedException.class)
        .hasMessageContaining(reason);
    assertThatThrownBy(giver::release).hasMessageContaining(reason);
    assertThatThrownBy(() -> giver.complete(ofSeconds(60))).hasMessageContaining(reason);
    assertThatThrownBy(giver::transfer).hasMessageContaining(reason);
    assertThatThrownBy(giver::fencingToken).hasMessageContaining(reason);
    assertThatThrownBy(giver::ensureHeld)
        .isInstanceOf(LockLostException.class)
        .hasMessageContaining("transferred");
    assertThat(store.writes()).hasSize(1);
  }

  @Test
  void transfer_afterExpiry_isRefused() {
    timeSource.advance(ofSeconds(10));
    assertThatThrownBy(giver::transfer).isInstanceOf(LockLostException.class);
  }

  @Test
  void transfer_afterAnUnknownRenewal_isRefusedAndTheLockIsStillHeld() {
    store.thenFails(FailureKind.NO_REPLY, true).thenFails(FailureKind.NO_REPLY, true);
    assertThatThrownBy(giver::renew).isInstanceOf(LockOutcomeUnknownException.class);

    assertThatThrownBy(giver::transfer)
        .isInstanceOf(LockOutcomeUnknownException.class)
        .hasMessageContaining("the last renewal");

    assertThat(giver.isHeld()).isTrue();
    giver.renew();
    assertThat(giver.transfer()).startsWith("hold1.");
  }

  @Test
  void resume_isOneWriteWithANewNonceAndALargerToken() {
    FencingToken giverToken = giver.fencingToken();
    Write first = store.lastWrite();
    HeldLock lock = client.withHolder("receiver").resume(giver.transfer());

    Write.Resume sent = (Write.Resume) store.lastWrite();
    assertThat(store.writes()).hasSize(2);
    assertThat(sent.transferredVersion()).isEqualTo(first.row().version());
    assertThat(sent.row().version().nonce()).isNotEqualTo(first.row().version().nonce());
    assertThat(sent.row().holderInfo().label()).isEqualTo("receiver");
    assertThat(sent.row().holderInfo().event()).isEqualTo("e-1");
    assertThat(lock.fencingToken()).isGreaterThan(giverToken);
    assertThat(lock.name()).isEqualTo("order-1");
  }

  @Test
  void resumedLock_hasAFullLease_andIsReleasedWithAMarker() {
    timeSource.advance(ofSeconds(6));
    HeldLock lock = client.resume(giver.transfer());

    timeSource.advance(ofSeconds(9));
    assertThat(lock.isHeld()).isTrue();
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(store.lastWrite().row().state()).isEqualTo(RowState.FREE);
  }

  @Test
  void resume_ofAnExpiredTransfer_isRefusedWithoutARequest() {
    String transfer = giver.transfer();
    timeSource.advance(ofSeconds(10));
    assertRefused(transfer, Reason.EXPIRED, "its lease has expired");
    assertThat(store.writes()).hasSize(1);
  }

  @Test
  void resume_ofAnExpiredTransfer_withUnsynchronizedClocks_isDecidedByTheTable() {
    String transfer = giver.transfer();
    timeSource.advance(ofSeconds(10));
    HeldLock lock = client.withClockModel(ClockModel.unsynchronized()).resume(transfer);
    assertThat(lock.isHeld()).isTrue();
  }

  @Test
  void resume_afterTakeover_isRefusedWithTheHolder() {
    store.thenRejects(write -> ScriptedLockStore.otherRow(write, RowState.HELD));
    assertRefused(giver.transfer(), Reason.ALREADY_USED, "its row is now HELD by other host");
  }

  @Test
  void resume_ofADeletedRow_isRefused() {
    store.thenRejects(write -> new RowSnapshot.NoRow());
    assertRefused(giver.transfer(), Reason.ALREADY_USED, "its row does not exist");
  }

  @Test
  void resume_ofAnUnrecognizedRow_throws() {
    store.thenRejects(write -> new RowSnapshot.UnrecognizedRow("it has no format number"));
    String transfer = giver.transfer();
    assertThatThrownBy(() -> client.resume(transfer)).isInstanceOf(UnrecognizedRowException.class);
  }

  @Test
  void resume_afterALostReply_recognizesItsOwnRow() {
    store
        .thenFails(FailureKind.NO_REPLY, true)
        .thenReplies(write -> new Reply.Rejected(write.row()));
    assertThat(client.resume(giver.transfer()).isHeld()).isTrue();
    assertThat(store.writes()).hasSize(3);
    assertThat(store.writes().get(1)).isEqualTo(store.writes().get(2));
  }

  /** A host with a wrong clock has replaced the giver's row and restored it. */
  @Test
  void resume_ofARestoredRow_isSentAgainForThatRow() {
    String transfer = giver.transfer();
    RowVersion left = store.lastWrite().row().version();
    long token = left.token() + TimeUnit.MINUTES.toMicros(3);
    RowVersion restored = new RowVersion(left.nonce(), token, 0);
    store.thenRejects(write -> rowOf(write, restored));

    HeldLock lock = client.resume(transfer);

    Write.Resume sent = (Write.Resume) store.lastWrite();
    assertThat(sent.transferredVersion()).isEqualTo(restored);
    assertThat(sent.row().version().token()).isEqualTo(token + 1);
    assertThat(sent.row().version().nonce())
        .isEqualTo(store.writes().get(1).row().version().nonce());
    assertThat(lock.fencingToken().value()).isEqualTo(token + 1);
    assertThat(store.writes()).hasSize(3);
  }

  @Test
  void resume_ofARowThatWasRestoredWithASmallRaise_keepsItsOwnToken() {
    timeSource.advance(ofSeconds(1));
    String transfer = giver.transfer();
    RowVersion left = store.lastWrite().row().version();
    store.thenRejects(write -> rowOf(write, new RowVersion(left.nonce(), left.token() + 1, 0)));
    client.resume(transfer);
    assertThat(store.lastWrite().row().version()).isEqualTo(store.writes().get(1).row().version());
  }

  @Test
  void resume_ofARestoredRowWithAnotherVersionOrTooLargeAToken_isRefused() {
    String transfer = giver.transfer();
    RowVersion left = store.lastWrite().row().version();
    store.thenRejects(write -> rowOf(write, new RowVersion(left.nonce(), left.token() + 1, 1)));
    assertRefused(transfer, Reason.ALREADY_USED, "its row is now HELD by");
    store.thenRejects(
        write -> rowOf(write, new RowVersion(left.nonce(), 253_402_300_800_000_000L, 0)));
    assertThatThrownBy(() -> client.resume(transfer))
        .isInstanceOf(UnrecognizedRowException.class)
        .hasMessageContaining("its token is 253402300800000000");
  }

  @Test
  void resume_afterALostReply_recognizesItsOwnRestoredRow() {
    store
        .thenFails(FailureKind.NO_REPLY, true)
        .thenRejects(
            write -> {
              RowVersion own = write.row().version();
              return rowOf(write, new RowVersion(own.nonce(), own.token() + 7, 0));
            });
    HeldLock lock = client.resume(giver.transfer());
    long token = store.lastWrite().row().version().token();
    assertThat(lock.fencingToken().value()).isEqualTo(token);
    lock.release();
    assertThat(store.lastWrite().row().version().token()).isEqualTo(token + 7);
  }

  @Test
  void resume_rejectedByItsOwnMarker_isRefused() {
    store.thenRejects(
        write ->
            new LockRow(
                write.name(),
                RowState.FREE,
                write.row().version(),
                write.row().leaseTerm(),
                write.row().holderInfo()));
    assertRefused(giver.transfer(), Reason.ALREADY_USED, "its row is now FREE by");
  }

  private static LockRow rowOf(Write write, RowVersion version) {
    LockRow row = write.row();
    return new LockRow(row.name(), RowState.HELD, version, row.leaseTerm(), row.holderInfo());
  }

  @Test
  void resume_withoutAReply_isUnknownAndReleasesTheLock() {
    store.thenFails(FailureKind.NO_REPLY, true).thenFails(FailureKind.NO_REPLY, true);
    String transfer = giver.transfer();

    assertThatThrownBy(() -> client.resume(transfer))
        .isInstanceOf(LockOutcomeUnknownException.class)
        .hasMessageContaining("the transfer");

    assertThat(store.writes()).hasSize(4);
    assertThat(store.lastWrite().row().state()).isEqualTo(RowState.FREE);
    assertThat(store.lastWrite().row().version()).isEqualTo(store.writes().get(1).row().version());
  }

  @Test
  void resume_onAPermanentFault_mayBeRetried() {
    store.thenFails(FailureKind.PERMANENT, false);
    String transfer = giver.transfer();
    assertThatThrownBy(() -> client.resume(transfer)).isInstanceOf(LockTableException.class);
    assertThat(client.resume(transfer).isHeld()).isTrue();
  }

  @Test
  void resume_repliedAfterTheLeaseExpired_isReleased() {
    store.thenReplies(
        write -> {
          timeSource.advance(ofSeconds(11));
          return new Reply.Applied(new RowSnapshot.NoRow(), false);
        });
    String transfer = giver.transfer();
    assertThatThrownBy(() -> client.resume(transfer))
        .isInstanceOf(LockTableUnreachableException.class)
        .hasMessageContaining("is released again");
    assertThat(store.lastWrite().row().state()).isEqualTo(RowState.FREE);
  }

  private void assertRefused(String transfer, Reason reason, String detail) {
    assertThatExceptionOfType(TransferRefusedException.class)
        .isThrownBy(() -> client.resume(transfer))
        .withMessageContaining("the transfer of lock 'order-1' cannot be resumed")
        .withMessageContaining(detail)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
