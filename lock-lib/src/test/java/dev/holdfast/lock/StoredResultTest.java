package dev.holdfast.lock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.internal.engine.DefaultLockClient;
import dev.holdfast.lock.internal.engine.ManualTimeSource;
import dev.holdfast.lock.internal.engine.ScriptedLockStore;
import dev.holdfast.lock.internal.protocol.HolderInfo;
import dev.holdfast.lock.internal.protocol.IdempotencyData;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.protocol.StoredValue;
import org.junit.jupiter.api.Test;

class StoredResultTest {
  private final ScriptedLockStore store = new ScriptedLockStore();
  private final ManualTimeSource timeSource = new ManualTimeSource();
  private final LockClient client = DefaultLockClient.create(store).withTimeSource(timeSource);
  private final HeldLock lock =
      ((Acquisition.Acquired) client.tryAcquire(LockRequest.of("order-1").payloadHash("h-1")))
          .lock();

  @Test
  void complete_withAResult_storesTheResultAndThePayloadHash() {
    lock.complete(ofSeconds(60), StoredResult.of("shipped"));
    LockRow row = store.lastWrite().row();
    assertThat(row.state()).isEqualTo(RowState.COMPLETED);
    assertThat(row.holderInfo().idempotency())
        .isEqualTo(new IdempotencyData("h-1", new StoredValue.Text("shipped")));
  }

  @Test
  void complete_withoutAResult_storesThePayloadHash() {
    lock.complete(ofSeconds(60));
    assertThat(store.lastWrite().row().holderInfo().idempotency())
        .isEqualTo(new IdempotencyData("h-1", null));
  }

  @Test
  void complete_withATooLargeResult_completesWithoutItAndThrows() {
    StoredResult large = StoredResult.of("x".repeat(4_097));

    assertThatThrownBy(() -> lock.complete(ofSeconds(60), large))
        .isInstanceOf(ResultTooLargeException.class)
        .hasMessageContaining("must be at most 4096 bytes, got 4097");

    assertThat(store.lastWrite().row().state()).isEqualTo(RowState.COMPLETED);
    assertThat(store.lastWrite().row().holderInfo().idempotency().result()).isNull();
    assertThat(store.writes()).hasSize(2);
  }

  @Test
  void maxBytes_countsUtf8BytesAndCanBeIncreased() {
    assertThat(StoredResult.of("ü".repeat(2_048)).isWithinMaxBytes()).isTrue();
    assertThat(StoredResult.of("ü".repeat(2_049)).isWithinMaxBytes()).isFalse();
    assertThat(StoredResult.of("ü".repeat(2_049)).withMaxBytes(350 * 1_024).isWithinMaxBytes())
        .isTrue();
    assertThat(
            StoredResult.of(new byte[350 * 1_024 + 1]).withMaxBytes(350 * 1_024).isWithinMaxBytes())
        .isFalse();
  }

  @Test
  void maxBytes_outOfRange_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StoredResult.of("a").withMaxBytes(358_401))
        .withMessageContaining("must be 1 to 358400, got 358401");
    assertThatIllegalArgumentException().isThrownBy(() -> StoredResult.of("a").withMaxBytes(0));
  }

  @Test
  void duplicate_ofCompletedWork_receivesTheResult() {
    store.thenRejects(
        write ->
            completedRow(write.row(), new IdempotencyData("h-1", new StoredValue.Text("shipped"))));
    Acquisition duplicate = client.tryAcquire(LockRequest.of("order-1").payloadHash("h-1"));
    StoredResult result = ((Acquisition.Completed) duplicate).completion().result().orElseThrow();
    assertThat(result.text()).contains("shipped");
    assertThat(result.bytes()).isEqualTo("shipped".getBytes(UTF_8));
  }

  @Test
  void duplicate_withAnotherPayload_throwsPayloadMismatch() {
    store
        .thenRejects(write -> completedRow(write.row(), new IdempotencyData("h-1", null)))
        .thenRejects(write -> completedRow(write.row(), new IdempotencyData("h-1", null)));
    LockRequest other = LockRequest.of("order-1").payloadHash("h-2");
    assertThatThrownBy(() -> client.tryAcquire(other))
        .isInstanceOf(PayloadMismatchException.class)
        .hasMessageContaining("'order-1' was completed before for another payload");
    assertThatThrownBy(() -> client.acquire(other))
        .isInstanceOfSatisfying(
            PayloadMismatchException.class,
            e -> assertThat(e.completion().name()).isEqualTo("order-1"));
  }

  @Test
  void duplicate_withoutAPayloadHashOnOneSide_isCompleted() {
    store
        .thenRejects(write -> completedRow(write.row(), IdempotencyData.NONE))
        .thenRejects(write -> completedRow(write.row(), new IdempotencyData("h-1", null)));
    assertThat(client.tryAcquire(LockRequest.of("order-1").payloadHash("h-2")))
        .isInstanceOf(Acquisition.Completed.class);
    assertThat(client.tryAcquire("order-1")).isInstanceOf(Acquisition.Completed.class);
  }

  @Test
  void payloadHash_afterTransfer_isKept() {
    HeldLock receiver = client.resume(lock.transfer());
    receiver.complete(ofSeconds(60));
    assertThat(store.lastWrite().row().holderInfo().idempotency().payloadHash()).isEqualTo("h-1");
  }

  @Test
  void payloadHash_outOfRange_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LockRequest.of("a").payloadHash("x".repeat(129)))
        .withMessageContaining("payload hash must be 1 to 128 characters, got 129");
    assertThatIllegalArgumentException().isThrownBy(() -> LockRequest.of("a").payloadHash(""));
  }

  @Test
  void equals_comparesContent_andToStringHidesIt() {
    StoredResult bytes = StoredResult.of(new byte[] {1, 2});
    assertThat(bytes).isEqualTo(StoredResult.of(new byte[] {1, 2}).withMaxBytes(7));
    assertThat(bytes).hasSameHashCodeAs(StoredResult.of(new byte[] {1, 2}));
    assertThat(bytes).isNotEqualTo(StoredResult.of("x")).hasToString("StoredResult[2 bytes]");
    assertThat(bytes.text()).isEmpty();
    assertThat(StoredResult.of("secret").toString()).doesNotContain("secret");
  }

  private LockRow completedRow(LockRow own, IdempotencyData idempotency) {
    LockRow other = ScriptedLockStore.otherRow(store.lastWrite(), RowState.COMPLETED);
    return new LockRow(
        own.name(),
        RowState.COMPLETED,
        other.version(),
        own.leaseTerm(),
        new HolderInfo("other host", null, 0, idempotency));
  }
}
