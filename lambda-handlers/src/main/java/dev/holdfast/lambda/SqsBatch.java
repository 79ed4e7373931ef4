package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lock.AlreadyDoneException;
import dev.holdfast.lock.LockClockException;
import dev.holdfast.lock.LockRowTooLargeException;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One run through a batch; used once.
 *
 * <p>Each message is tried without waiting; those whose lock is busy are tried again after the
 * others, then with a wait, and reported if they are still busy. In a FIFO queue a group's order is
 * kept: behind a busy message its group waits for the second round, behind a failed one it is
 * reported. What is not known to be handled is reported, whatever went wrong.
 */
final class SqsBatch {
  private final Gate gate;
  private final List<SQSMessage> messages;
  private final Function<SQSMessage, Subject> subjects;
  private final MessageWork work;
  private final Set<String> handled = ConcurrentHashMap.newKeySet();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Pace pace = new Pace();
  private final BusyMessages waits = new BusyMessages();
  private volatile boolean stopped;

  private enum Outcome {
    HANDLED,
    BUSY,
    FAILED
  }

  SqsBatch(
      Gate gate,
      List<SQSMessage> messages,
      Function<SQSMessage, Subject> subjects,
      MessageWork work) {
    this.gate = gate;
    this.messages = messages;
    this.subjects = subjects;
    this.work = work;
  }

  SQSBatchResponse run() {
    Workers workers = gate.settings().workers();
    List<Lane> lanes = lanes();
    workers.run(lanes.stream().<Runnable>map(lane -> lane::firstRound).toList());
    List<Lane> busy = lanes.stream().filter(Lane::isUnfinished).toList();
    waiting.set(busy.stream().mapToInt(lane -> lane.messages.size()).sum());
    int atOnce = workers.on(busy.size());
    workers.run(busy.stream().<Runnable>map(lane -> () -> lane.secondRound(atOnce)).toList());
    gate.settings().deferral().ifPresent(this::deferBusy);
    return reporting();
  }

  private void deferBusy(Consumer<? super BusyMessage> deferral) {
    List<SQSMessage> reported =
        messages.stream().filter(message -> !handled.contains(message.getMessageId())).toList();
    waits.deferred(reported, gate).forEach(message -> defer(message, deferral));
  }

  /** At worst it comes again when the queue says so; the report must get out in time. */
  private void defer(BusyMessage message, Consumer<? super BusyMessage> deferral) {
    if (gate.settings().time().calls(gate.invocation().remaining()).isZero()) {
      return;
    }
    try {
      deferral.accept(message);
    } catch (RuntimeException | Error e) {
      gate.log().notDeferred(message.message().getMessageId(), e);
    }
  }

  private SQSBatchResponse reporting() {
    return new SQSBatchResponse(
        new ArrayList<>(
            messages.stream()
                .map(SQSMessage::getMessageId)
                .filter(id -> !handled.contains(id))
                .map(BatchItemFailure::new)
                .toList()));
  }

  /** Each group of a FIFO queue in its order; any other message by itself. */
  private List<Lane> lanes() {
    List<Lane> lanes = new ArrayList<>();
    Map<String, Lane> groups = new LinkedHashMap<>();
    for (SQSMessage message : messages) {
      Lane lane =
          SqsMessages.orderedGroup(message)
              .map(group -> groups.computeIfAbsent(group, any -> added(lanes)))
              .orElseGet(() -> added(lanes));
      lane.messages.add(message);
    }
    return lanes;
  }

  private Lane added(List<Lane> lanes) {
    Lane lane = new Lane();
    lanes.add(lane);
    return lane;
  }

  /** Messages of which each waits for the one before; used by one thread at a time. */
  private final class Lane {
    private final ArrayDeque<SQSMessage> messages = new ArrayDeque<>();

    boolean isUnfinished() {
      return !messages.isEmpty();
    }

    void firstRound() {
      while (isUnfinished()) {
        Outcome outcome = tried(messages.element(), Duration.ZERO);
        if (outcome == Outcome.BUSY) {
          return;
        }
        after(outcome);
      }
    }

    void secondRound(int atOnce) {
      while (isUnfinished()) {
        int sharing = (waiting.get() + atOnce - 1) / atOnce;
        int before = messages.size();
        after(tried(messages.element(), pace.at(gate).waitSharedBy(sharing)));
        waiting.addAndGet(messages.size() - before);
      }
    }

    private void after(Outcome outcome) {
      SQSMessage message = messages.remove();
      if (outcome == Outcome.HANDLED) {
        handled.add(message.getMessageId());
        return;
      }
      messages.forEach(
          behind ->
              gate.log().notStarted(behind.getMessageId(), stopped ? "stopped" : "group stopped"));
      messages.clear();
    }
  }

  private Outcome tried(SQSMessage message, Duration wait) {
    if (stopped) {
      gate.log().notStarted(message.getMessageId(), "stopped");
      return Outcome.FAILED;
    }
    try {
      return entered(message, subjects.apply(message), wait);
    } catch (TooLittleTimeException e) {
      gate.log().notStarted(message.getMessageId(), String.valueOf(e.getMessage()));
      return Outcome.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
      return failed(message, e);
    } catch (LockTableException | LockClockException e) {
      stopped = stopped || !(e instanceof LockRowTooLargeException);
      return failed(message, e);
    } catch (RuntimeException | Error e) {
      return failed(message, e);
    }
  }

  private Outcome entered(SQSMessage message, Subject subject, Duration wait)
      throws InterruptedException {
    try {
      HeldRows rows = pace.at(gate).enter(subject, wait);
      return worked(rows, message);
    } catch (AlreadyDoneException e) {
      gate.log().duplicate(e.completion());
      return Outcome.HANDLED;
    } catch (LockUnavailableException e) {
      waits.busy(message, e.holder());
      gate.log().busy(Delivery.of(message, gate.settings().telemetry().now()), e.holder(), wait);
      return Outcome.BUSY;
    }
  }

  /** What the work throws stays in here: it may be of the very types that the lock throws. */
  private Outcome worked(HeldRows rows, SQSMessage message) {
    Duration before = gate.invocation().remaining();
    waits.over(message);
    try {
      rows.run(
          lease -> {
            work.handle(message, lease);
            return Outcome.HANDLED;
          });
      return Outcome.HANDLED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(message, e);
    } catch (Throwable e) {
      return failed(message, e);
    } finally {
      pace.took(before.minus(gate.invocation().remaining()));
    }
  }

  private Outcome failed(SQSMessage message, Throwable why) {
    gate.log().failed(message.getMessageId(), why);
    return Outcome.FAILED;
  }
}
