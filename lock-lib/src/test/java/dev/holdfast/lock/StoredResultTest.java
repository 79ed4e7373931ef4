package dev.holdfast.lock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.protocol.Claimant;
import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Memo;
import dev.holdfast.lock.protocol.Result;
import dev.holdfast.lock.protocol.RowState;
import org.junit.jupiter.api.Test;

class StoredResultTest {
  private final ScriptedTable table = new ScriptedTable();
  private final HandTime time = new HandTime();
  private final Locks locks = Locks.on(table).withTime(time);
  private final HeldLock lock =
      ((Acquisition.Acquired) locks.tryAcquire(LockRequest.of("order-1").payloadHash("h-1")))
          .lock();

  @Test
  void complete_keepsTheResultAndTheHash() {
    lock.complete(ofSeconds(60), StoredResult.of("shipped"));
    LockRow row = table.last().row();
    assertThat(row.state()).isEqualTo(RowState.DONE);
    assertThat(row.claimant().memo()).isEqualTo(new Memo("h-1", new Result.Text("shipped")));
  }

  @Test
  void complete_withoutAResult_keepsTheHash() {
    lock.complete(ofSeconds(60));
    assertThat(table.last().row().claimant().memo()).isEqualTo(new Memo("h-1", null));
  }

  @Test
  void complete_withAResultThatIsTooLarge_completesWithoutIt_andSaysSo() {
    StoredResult large = StoredResult.of("x".repeat(4_097));

    assertThatThrownBy(() -> lock.complete(ofSeconds(60), large))
        .isInstanceOf(ResultTooLargeException.class)
        .hasMessageContaining("has 4097 bytes, allowed are 4096");

    assertThat(table.last().row().state()).isEqualTo(RowState.DONE);
    assertThat(table.last().row().claimant().memo().result()).isNull();
    assertThat(table.sent()).hasSize(2);
  }

  @Test
  void bound_isInBytes_andCanBeRaised() {
    assertThat(StoredResult.of("ü".repeat(2_048)).fits()).isTrue();
    assertThat(StoredResult.of("ü".repeat(2_049)).fits()).isFalse();
    assertThat(StoredResult.of("ü".repeat(2_049)).upTo(350 * 1_024).fits()).isTrue();
    assertThat(StoredResult.of(new byte[350 * 1_024 + 1]).upTo(350 * 1_024).fits()).isFalse();
  }

  @Test
  void bound_outOfRange_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StoredResult.of("a").upTo(358_401))
        .withMessageContaining("must be 1 to 358400 bytes, got 358401");
    assertThatIllegalArgumentException().isThrownBy(() -> StoredResult.of("a").upTo(0));
  }

  @Test
  void duplicate_isGivenTheResult() {
    table.thenRefuses(write -> done(write.row(), new Memo("h-1", new Result.Text("shipped"))));
    Acquisition duplicate = locks.tryAcquire(LockRequest.of("order-1").payloadHash("h-1"));
    StoredResult result = ((Acquisition.Done) duplicate).completion().result().orElseThrow();
    assertThat(result.text()).contains("shipped");
    assertThat(result.bytes()).isEqualTo("shipped".getBytes(UTF_8));
  }

  @Test
  void duplicate_ofAnotherPayload_isAMismatch() {
    table
        .thenRefuses(write -> done(write.row(), new Memo("h-1", null)))
        .thenRefuses(write -> done(write.row(), new Memo("h-1", null)));
    LockRequest other = LockRequest.of("order-1").payloadHash("h-2");
    assertThatThrownBy(() -> locks.tryAcquire(other))
        .isInstanceOf(PayloadMismatchException.class)
        .hasMessageContaining("'order-1' was done before with another payload");
    assertThatThrownBy(() -> locks.acquire(other))
        .isInstanceOfSatisfying(
            PayloadMismatchException.class,
            e -> assertThat(e.completion().name()).isEqualTo("order-1"));
  }

  @Test
  void duplicate_whereOneSideLooksAtNoPayload_isADuplicate() {
    table
        .thenRefuses(write -> done(write.row(), Memo.NONE))
        .thenRefuses(write -> done(write.row(), new Memo("h-1", null)));
    assertThat(locks.tryAcquire(LockRequest.of("order-1").payloadHash("h-2")))
        .isInstanceOf(Acquisition.Done.class);
    assertThat(locks.tryAcquire("order-1")).isInstanceOf(Acquisition.Done.class);
  }

  @Test
  void payloadHash_goesAlongWithATicket() {
    HeldLock receiver = locks.redeem(lock.ticket());
    receiver.complete(ofSeconds(60));
    assertThat(table.last().row().claimant().memo().payloadHash()).isEqualTo("h-1");
  }

  @Test
  void payloadHash_outOfRange_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LockRequest.of("a").payloadHash("x".repeat(129)))
        .withMessageContaining("payload hash must be 1 to 128 characters, got 129");
    assertThatIllegalArgumentException().isThrownBy(() -> LockRequest.of("a").payloadHash(""));
  }

  @Test
  void equals_isByContent_andToStringTellsNothing() {
    StoredResult bytes = StoredResult.of(new byte[] {1, 2});
    assertThat(bytes).isEqualTo(StoredResult.of(new byte[] {1, 2}).upTo(7));
    assertThat(bytes).hasSameHashCodeAs(StoredResult.of(new byte[] {1, 2}));
    assertThat(bytes).isNotEqualTo(StoredResult.of("x")).hasToString("StoredResult[2 bytes]");
    assertThat(bytes.text()).isEmpty();
    assertThat(StoredResult.of("secret").toString()).doesNotContain("secret");
  }

  private LockRow done(LockRow mine, Memo memo) {
    LockRow theirs = ScriptedTable.others(table.last(), RowState.DONE);
    return new LockRow(
        mine.name(),
        RowState.DONE,
        theirs.stamp(),
        mine.term(),
        new Claimant("other host", null, 0, memo));
  }
}
