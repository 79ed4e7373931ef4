package dev.holdfast.lock;

import static dev.holdfast.lock.protocol.RowState.DONE;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.lock.dynamodb.FenceCondition;
import dev.holdfast.lock.dynamodb.FenceExpression;
import dev.holdfast.lock.dynamodb.TableSchema;
import dev.holdfast.lock.protocol.Claimant;
import dev.holdfast.lock.protocol.ClockError.Beyond;
import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Memo;
import dev.holdfast.lock.protocol.Result;
import dev.holdfast.lock.protocol.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a log shows of every public type: enough to know what it is about, and no secret. */
class ShownTypesTest {
  private static final String PAYLOAD_HASH = "hash-that-stays-secret";
  private static final String RESULT = "result-that-stays-secret";
  private static final Instant UNTIL = Instant.parse("2027-01-16T08:00:00Z");

  /** They have no instances of ours to show. */
  private static final Set<Class<?>> NOTHING_TO_SHOW =
      Set.of(
          DynamoDbLocks.class,
          TableSchema.class,
          LockedCall.class,
          LockedSetCall.class,
          LockException.class);

  private final ScriptedTable table = new ScriptedTable();
  private final Locks locks = Locks.on(table).withTime(new HandTime()).withHolder("me");
  private final LockRequest request =
      LockRequest.of("order-1").event("e-1").payloadHash(PAYLOAD_HASH).lease(ofSeconds(20));
  private final HeldLock lock = ((Acquisition.Acquired) locks.tryAcquire(request)).lock();
  private final Completion completion =
      new Completion("order-1", Optional.of("e-1"), Optional.of(StoredResult.of(RESULT)), UNTIL);
  private final Holder holder = new Holder("other host", Optional.of("e-9"), UNTIL, UNTIL);
  private final Fence fence = Fence.of("order-1", new FencingToken(7));
  private final Map<Class<?>, String> shown = new HashMap<>();

  private void show(Class<?> type, Object instance) {
    assertThat(instance).isInstanceOf(type);
    shown.put(type, instance.toString());
  }

  @Test
  void everyPublicType_isShown_withoutASecret() throws Exception {
    showRequestsAndLocks();
    showOutcomes();
    showFences();
    showKeepAlive();
    showEvents();
    showFailures();
    shown.putAll(new ShownAdministration(PAYLOAD_HASH, RESULT, UNTIL).all());

    Set<Class<?>> types = new HashSet<>(PublicTypes.all());
    types.removeAll(NOTHING_TO_SHOW);
    assertThat(shown.keySet()).isEqualTo(types);
    assertThat(shown.values())
        .allSatisfy(ShownTypesTest::isNoObjectId)
        .allSatisfy(text -> assertThat(text).doesNotContain(secrets()));
  }

  private List<String> secrets() {
    List<String> secrets = new ArrayList<>(List.of(PAYLOAD_HASH, RESULT));
    table.sent().forEach(write -> secrets.add(write.row().stamp().nonce()));
    return secrets;
  }

  private static void isNoObjectId(String text) {
    assertThat(text).isNotBlank().doesNotContainPattern("@[0-9a-f]{4,}").hasSizeLessThan(600);
  }

  private void showRequestsAndLocks() throws InterruptedException {
    LockSet set = LockSet.of("b", "a").waitUpTo(ofMillis(1_500));
    HeldLocks several = locks.acquireAll(set);
    show(Locks.class, locks);
    show(LockRequest.class, request);
    show(LockSet.class, set);
    show(HeldLock.class, lock);
    show(Lease.class, lock);
    show(HeldLocks.class, several);
    show(Leases.class, several);
    show(TimeSource.class, TimeSource.system());
    show(ClockModel.class, ClockModel.bounded(ofSeconds(1)));
    show(ClockModel.Bounded.class, ClockModel.bounded(ofSeconds(1)));
    show(ClockModel.Unsynchronized.class, ClockModel.unsynchronized());
    assertThat(shown)
        .containsEntry(
            Locks.class,
            "Locks[table scripted, lease 10 s, wait up to 30 s, Bounded[maxSkew=PT1S], holder me]")
        .containsEntry(
            LockRequest.class, "LockRequest[order-1, lease 20 s, event e-1, payload hashed]")
        .containsEntry(LockSet.class, "LockSet[[a, b], wait up to 1500 ms]")
        .containsEntry(HeldLock.class, "HeldLock[order-1, it is held, holder me]")
        .containsEntry(
            HeldLocks.class,
            "HeldLocks[HeldLock[a, it is held, holder me], HeldLock[b, it is held, holder me]]");
  }

  private void showOutcomes() {
    show(Acquisition.class, new Acquisition.Busy(holder));
    show(Acquisition.Acquired.class, new Acquisition.Acquired(lock));
    show(Acquisition.Busy.class, new Acquisition.Busy(holder));
    show(Acquisition.Done.class, new Acquisition.Done(completion));
    show(Completion.class, completion);
    show(Holder.class, holder);
    show(FencingToken.class, new FencingToken(7));
    show(ReleaseOutcome.class, ReleaseOutcome.LATE);
    show(StoredResult.class, StoredResult.of(RESULT));
    assertThat(shown.get(Acquisition.Busy.class)).contains("other host").contains("e-9");
    assertThat(shown.get(Completion.class)).contains("order-1").contains("StoredResult[24 bytes]");
  }

  private void showEvents() {
    Optional<Holder> by = Optional.of(holder);
    show(LockListener.class, LockListener.logging());
    show(LockEvent.class, new LockEvent.Acquired("order-1", ofSeconds(1), 3));
    show(LockEvent.Acquired.class, new LockEvent.Acquired("order-1", ofSeconds(1), 3));
    show(LockEvent.TakenOver.class, new LockEvent.TakenOver("order-1", holder, ofSeconds(1)));
    show(LockEvent.Refused.class, new LockEvent.Refused("order-1", by, ofSeconds(1), 3));
    show(LockEvent.Renewed.class, new LockEvent.Renewed("order-1", ofSeconds(9), ofSeconds(6)));
    show(
        LockEvent.Released.class,
        new LockEvent.Released("order-1", ReleaseOutcome.RELEASED, ofSeconds(1)));
    show(
        LockEvent.ReleasedLate.class,
        new LockEvent.ReleasedLate("order-1", ReleaseOutcome.LATE, ofSeconds(1)));
    show(LockEvent.Lost.class, new LockEvent.Lost("order-1", Loss.Reason.LEASE_OVER));
    show(LockEvent.ClockOff.class, new LockEvent.ClockOff("order-1", ofSeconds(-3)));
    show(LockEvent.Throttled.class, new LockEvent.Throttled("order-1", 2, ofSeconds(1)));
  }

  private void showFences() {
    show(Fence.class, fence);
    show(FenceCondition.class, fence.raised());
    show(FenceExpression.class, fence.raised().expression());
    show(FenceRefusedException.Reason.class, FenceRefusedException.Reason.NEWER_HOLDER);
    show(
        FenceRefusedException.class,
        new FenceRefusedException(
            "order-1", new FencingToken(7), FenceRefusedException.Reason.NEWER_HOLDER, "it is 8"));
    assertThat(shown.get(Fence.class)).isEqualTo("Fence[fence = 7, lock order-1]");
  }

  /** On real clocks, since a thread goes by them until it is closed. */
  private void showKeepAlive() throws InterruptedException {
    try (HeldLock leader = Locks.on(new ScriptedTable()).acquire("leader");
        KeepAlive alive = leader.keepAlive()) {
      show(KeepAlive.class, alive);
    }
    show(Loss.class, new Loss("leader", Loss.Reason.ROW_GONE, ofSeconds(0)));
    show(Loss.Reason.class, Loss.Reason.ROW_GONE);
    assertThat(shown.get(KeepAlive.class)).isEqualTo("KeepAlive[leader, going on]");
    assertThat(shown.get(Loss.class)).contains("leader").contains("ROW_GONE");
  }

  private void showFailures() {
    show(ForeignRowException.class, new ForeignRowException("order-1", "its format is 2"));
    show(LockClosedException.class, new LockClosedException("order-1", "renew it", "released"));
    show(LockLostException.class, new LockLostException("order-1", "its lease is over"));
    show(LockClockException.class, new LockClockException("order-1", new Beyond.Behind(900)));
    show(
        LockOutcomeUnknownException.class,
        new LockOutcomeUnknownException("order-1", "the renewal", null));
    show(
        LockUnavailableException.class,
        new LockUnavailableException(request, ofSeconds(1), holder));
    show(AlreadyDoneException.class, new AlreadyDoneException(completion));
    show(PayloadMismatchException.class, new PayloadMismatchException(completion));
    show(
        ResultTooLargeException.class,
        new ResultTooLargeException("order-1", StoredResult.of(RESULT).upTo(1)));
    show(TicketRefusedException.class, usedUp());
    show(TicketRefusedException.Reason.class, TicketRefusedException.Reason.USED);
    showTableFailures();
    shown.forEach((type, text) -> assertThat(text).doesNotContain("null"));
  }

  /** The row that stands in the way of a ticket is another's, with another's secrets. */
  private TicketRefusedException usedUp() {
    String ticket = lock.ticket();
    Memo memo = new Memo(PAYLOAD_HASH, new Result.Text(RESULT));
    table.thenRefuses(
        write ->
            new LockRow(
                "order-1",
                DONE,
                new Stamp("nonce-of-another", 9, 0),
                write.row().term(),
                new Claimant("other", "e-9", 0, memo),
                null));
    TicketRefusedException refused =
        catchThrowableOfType(TicketRefusedException.class, () -> locks.redeem(ticket));
    assertThat(refused.toString()).doesNotContain(ticket).doesNotContain("nonce-of-another");
    return refused;
  }

  private void showTableFailures() {
    String denied = "AccessDenied";
    IllegalStateException cause = new IllegalStateException(denied);
    show(LockTableException.class, new LockTableException(denied, cause));
    show(LockAccessDeniedException.class, new LockAccessDeniedException(denied, cause));
    show(LockRowTooLargeException.class, new LockRowTooLargeException(denied, cause));
    show(LockTableMissingException.class, new LockTableMissingException(denied, cause));
    show(LockTableSchemaException.class, new LockTableSchemaException(denied, cause));
    show(LockTableUnreachableException.class, new LockTableUnreachableException(denied, cause));
    show(LockThrottledException.class, new LockThrottledException(denied, cause));
  }
}
