package dev.holdfast.lock;

import static dev.holdfast.lock.internal.protocol.RowState.COMPLETED;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.lock.dynamodb.FenceCondition;
import dev.holdfast.lock.dynamodb.FenceRefusedException;
import dev.holdfast.lock.dynamodb.TableSchema;
import dev.holdfast.lock.internal.engine.DefaultLockClient;
import dev.holdfast.lock.internal.engine.ManualTimeSource;
import dev.holdfast.lock.internal.engine.ScriptedLockStore;
import dev.holdfast.lock.internal.protocol.HolderInfo;
import dev.holdfast.lock.internal.protocol.IdempotencyData;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.RowVersion;
import dev.holdfast.lock.internal.protocol.StoredValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests that {@code toString} of every public type is readable and contains no secret. */
class PublicTypesToStringTest {
  private static final String PAYLOAD_HASH = "hash-that-stays-secret";
  private static final String RESULT = "result-that-stays-secret";
  private static final Instant EXPIRES_AT = Instant.parse("2027-01-16T08:00:00Z");

  /** Types of which the library creates no instance. */
  private static final Set<Class<?>> WITHOUT_INSTANCES =
      Set.of(
          DynamoDbLockClient.class,
          TableSchema.class,
          LockCallback.class,
          LockAction.class,
          LockException.class);

  private final ScriptedLockStore store = new ScriptedLockStore();
  private final LockClient client =
      DefaultLockClient.create(store).withTimeSource(new ManualTimeSource()).withHolder("me");
  private final LockRequest request =
      LockRequest.of("order-1").event("e-1").payloadHash(PAYLOAD_HASH).leaseDuration(ofSeconds(20));
  private final HeldLock lock = ((Acquisition.Acquired) client.tryAcquire(request)).lock();
  private final Completion completion =
      new Completion(
          "order-1", Optional.of("e-1"), Optional.of(StoredResult.of(RESULT)), EXPIRES_AT);
  private final Holder holder =
      new Holder("other host", Optional.of("e-9"), EXPIRES_AT, EXPIRES_AT);
  private final Fence fence = Fence.of("order-1", new FencingToken(7));
  private final Map<Class<?>, String> texts = new HashMap<>();

  private void addText(Class<?> type, Object instance) {
    assertThat(instance).isInstanceOf(type);
    texts.put(type, instance.toString());
  }

  @Test
  void toString_ofEveryPublicType_isReadableWithoutSecrets() throws Exception {
    addRequestsAndLocks();
    addOutcomes();
    addFences();
    addKeepAlive();
    addEvents();
    addExceptions();
    texts.putAll(new AdminTypeSamples(PAYLOAD_HASH, RESULT, EXPIRES_AT).all());

    Set<Class<?>> types = new HashSet<>(PublicTypes.all());
    types.removeAll(WITHOUT_INSTANCES);
    assertThat(texts.keySet()).isEqualTo(types);
    assertThat(texts.values())
        .allSatisfy(PublicTypesToStringTest::isReadable)
        .allSatisfy(text -> assertThat(text).doesNotContain(secrets()));
  }

  private List<String> secrets() {
    List<String> secrets = new ArrayList<>(List.of(PAYLOAD_HASH, RESULT));
    store.writes().forEach(write -> secrets.add(write.row().version().nonce()));
    return secrets;
  }

  private static void isReadable(String text) {
    assertThat(text).isNotBlank().doesNotContainPattern("@[0-9a-f]{4,}").hasSizeLessThan(600);
  }

  private void addRequestsAndLocks() throws InterruptedException {
    MultiLockRequest multiLockRequest = MultiLockRequest.of("b", "a").maxWait(ofMillis(1_500));
    HeldMultiLock multiLock = client.acquireAll(multiLockRequest);
    addText(LockClient.class, client);
    addText(LockRequest.class, request);
    addText(MultiLockRequest.class, multiLockRequest);
    addText(HeldLock.class, lock);
    addText(Lease.class, lock);
    addText(HeldMultiLock.class, multiLock);
    addText(MultiLease.class, multiLock);
    addText(TimeSource.class, TimeSource.system());
    addText(ClockModel.class, ClockModel.bounded(ofSeconds(1)));
    addText(ClockModel.Bounded.class, ClockModel.bounded(ofSeconds(1)));
    addText(ClockModel.Unsynchronized.class, ClockModel.unsynchronized());
    assertThat(texts)
        .containsEntry(
            LockClient.class,
            "LockClient[table=scripted, leaseDuration=PT10S, maxWait=PT30S,"
                + " clockModel=Bounded[maxSkew=PT1S], holder=me]")
        .containsEntry(
            LockRequest.class,
            "LockRequest[order-1, leaseDuration 20 s, event e-1, payloadHash set]")
        .containsEntry(MultiLockRequest.class, "MultiLockRequest[[a, b], maxWait 1500 ms]")
        .containsEntry(HeldLock.class, "HeldLock[order-1, it is held, holder me]")
        .containsEntry(
            HeldMultiLock.class,
            "HeldMultiLock[HeldLock[a, it is held, holder me], HeldLock[b, it is held, holder me]]");
  }

  private void addOutcomes() {
    addText(Acquisition.class, new Acquisition.Busy(holder));
    addText(Acquisition.Acquired.class, new Acquisition.Acquired(lock));
    addText(Acquisition.Busy.class, new Acquisition.Busy(holder));
    addText(Acquisition.Completed.class, new Acquisition.Completed(completion));
    addText(Completion.class, completion);
    addText(Holder.class, holder);
    addText(FencingToken.class, new FencingToken(7));
    addText(ReleaseOutcome.class, ReleaseOutcome.LOCK_LOST);
    addText(StoredResult.class, StoredResult.of(RESULT));
    assertThat(texts.get(Acquisition.Busy.class)).contains("other host").contains("e-9");
    assertThat(texts.get(Completion.class)).contains("order-1").contains("StoredResult[24 bytes]");
  }

  private void addEvents() {
    Optional<Holder> currentHolder = Optional.of(holder);
    addText(LockListener.class, LockListener.logging());
    addText(LockListener.Logging.class, LockListener.logging());
    addText(LockEvent.class, new LockEvent.Acquired("order-1", ofSeconds(1), 3));
    addText(LockEvent.Acquired.class, new LockEvent.Acquired("order-1", ofSeconds(1), 3));
    addText(LockEvent.TakenOver.class, new LockEvent.TakenOver("order-1", holder, ofSeconds(1)));
    addText(
        LockEvent.NotAcquired.class,
        new LockEvent.NotAcquired("order-1", currentHolder, ofSeconds(1), 3));
    addText(LockEvent.Renewed.class, new LockEvent.Renewed("order-1", ofSeconds(9), ofSeconds(6)));
    addText(
        LockEvent.Released.class,
        new LockEvent.Released("order-1", ReleaseOutcome.RELEASED, ofSeconds(1)));
    addText(
        LockEvent.ReleasedLate.class,
        new LockEvent.ReleasedLate("order-1", ReleaseOutcome.LOCK_LOST, ofSeconds(1)));
    addText(LockEvent.Lost.class, new LockEvent.Lost("order-1", LockLoss.Reason.LEASE_EXPIRED));
    addText(
        LockEvent.ClockSkewExceeded.class,
        new LockEvent.ClockSkewExceeded("order-1", ofSeconds(-3)));
    addText(LockEvent.Contention.class, new LockEvent.Contention("order-1", 2, ofSeconds(1)));
    addText(LockEvent.Throttled.class, new LockEvent.Throttled("order-1", 2, ofSeconds(1)));
  }

  private void addFences() {
    addText(Fence.class, fence);
    addText(FenceCondition.class, fence.ifCurrent());
    addText(FenceRefusedException.Reason.class, FenceRefusedException.Reason.NEWER_HOLDER);
    addText(
        FenceRefusedException.class,
        new FenceRefusedException(
            "order-1", new FencingToken(7), FenceRefusedException.Reason.NEWER_HOLDER, "it is 8"));
    assertThat(texts.get(Fence.class)).isEqualTo("Fence[fence = 7, lock order-1]");
  }

  /** Uses the system clocks, which the renewal thread reads until the keep-alive is closed. */
  private void addKeepAlive() throws InterruptedException {
    try (HeldLock leader = DefaultLockClient.create(new ScriptedLockStore()).acquire("leader");
        KeepAlive keepAlive = leader.keepAlive()) {
      addText(KeepAlive.class, keepAlive);
    }
    addText(LockLoss.class, new LockLoss("leader", LockLoss.Reason.OWNERSHIP_LOST, ofSeconds(0)));
    addText(LockLoss.Reason.class, LockLoss.Reason.OWNERSHIP_LOST);
    assertThat(texts.get(KeepAlive.class)).isEqualTo("KeepAlive[leader, active]");
    assertThat(texts.get(LockLoss.class)).contains("leader").contains("OWNERSHIP_LOST");
  }

  private void addExceptions() {
    addText(
        UnrecognizedRowException.class, new UnrecognizedRowException("order-1", "its format is 2"));
    addText(LockClosedException.class, new LockClosedException("order-1", "renew it", "released"));
    addText(LockLostException.class, new LockLostException("order-1", "its lease is over"));
    addText(ClockSkewException.class, new ClockSkewException("order-1", ofMillis(-900)));
    addText(
        LockOutcomeUnknownException.class,
        new LockOutcomeUnknownException("order-1", "the renewal", null));
    addText(
        LockUnavailableException.class,
        new LockUnavailableException(request, ofSeconds(1), holder));
    addText(AlreadyCompletedException.class, new AlreadyCompletedException(completion));
    addText(PayloadMismatchException.class, new PayloadMismatchException(completion));
    addText(
        ResultTooLargeException.class,
        new ResultTooLargeException("order-1", StoredResult.of(RESULT).withMaxBytes(1)));
    addText(TransferRefusedException.class, alreadyUsed());
    addText(TransferRefusedException.Reason.class, TransferRefusedException.Reason.ALREADY_USED);
    addTableExceptions();
    texts.forEach((type, text) -> assertThat(text).doesNotContain("null"));
  }

  /** Returns the refusal of a transfer whose row contains the secrets of another owner. */
  private TransferRefusedException alreadyUsed() {
    String transfer = lock.transfer();
    IdempotencyData idempotency = new IdempotencyData(PAYLOAD_HASH, new StoredValue.Text(RESULT));
    store.thenRejects(
        write ->
            new LockRow(
                "order-1",
                COMPLETED,
                new RowVersion("nonce-of-another", 9, 0),
                write.row().leaseTerm(),
                new HolderInfo("other", "e-9", 0, idempotency),
                null));
    TransferRefusedException refused =
        catchThrowableOfType(TransferRefusedException.class, () -> client.resume(transfer));
    assertThat(refused.toString()).doesNotContain(transfer).doesNotContain("nonce-of-another");
    return refused;
  }

  private void addTableExceptions() {
    String denied = "AccessDenied";
    IllegalStateException cause = new IllegalStateException(denied);
    addText(LockTableException.class, new LockTableException(denied, cause));
    addText(LockAccessDeniedException.class, new LockAccessDeniedException(denied, cause));
    addText(LockRowTooLargeException.class, new LockRowTooLargeException(denied, cause));
    addText(LockTableNotFoundException.class, new LockTableNotFoundException(denied, cause));
    addText(LockTableSchemaException.class, new LockTableSchemaException(denied, cause));
    addText(LockTableUnreachableException.class, new LockTableUnreachableException(denied, cause));
    addText(LockContentionException.class, new LockContentionException(denied, cause));
    addText(LockThrottledException.class, new LockThrottledException(denied, cause));
  }
}
