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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * One run through a batch; used once, by one thread.
 *
 * <p>Each message is tried without waiting; those whose lock is busy are tried again after the
 * others, then with a wait, and reported if they are still busy. In a FIFO queue a group's order is
 * kept: behind a busy message its group waits for the second round, behind a failed one it is
 * reported.
 */
final class SqsBatch {
  private final Gate gate;
  private final List<SQSMessage> messages;
  private final Function<SQSMessage, Subject> subjects;
  private final MessageWork work;
  private final List<SQSMessage> postponed = new ArrayList<>();
  private final Set<String> groupsPostponed = new HashSet<>();
  private final Set<String> groupsStopped = new HashSet<>();
  private final Set<String> failed = new LinkedHashSet<>();
  private final Pace pace = new Pace();
  private boolean stopped;

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
    messages.forEach(this::firstTry);
    for (int i = 0; i < postponed.size(); i++) {
      secondTry(postponed.get(i), postponed.size() - i);
    }
    return new SQSBatchResponse(
        new ArrayList<>(failed.stream().map(BatchItemFailure::new).toList()));
  }

  private void firstTry(SQSMessage message) {
    if (isIn(groupsPostponed, message)) {
      postponed.add(message);
      return;
    }
    Outcome outcome = tried(message, Duration.ZERO);
    if (outcome == Outcome.BUSY) {
      postponed.add(message);
      SqsMessages.orderedGroup(message).ifPresent(groupsPostponed::add);
    } else if (outcome == Outcome.FAILED) {
      report(message);
    }
  }

  private void secondTry(SQSMessage message, int waiting) {
    Duration wait = pace.at(gate).waitSharedBy(waiting);
    if (tried(message, wait) != Outcome.HANDLED) {
      report(message);
    }
  }

  private static boolean isIn(Set<String> groups, SQSMessage message) {
    return SqsMessages.orderedGroup(message).filter(groups::contains).isPresent();
  }

  private void report(SQSMessage message) {
    failed.add(message.getMessageId());
    SqsMessages.orderedGroup(message).ifPresent(groupsStopped::add);
  }

  private Outcome tried(SQSMessage message, Duration wait) {
    if (stopped || isIn(groupsStopped, message)) {
      gate.log().notStarted(message.getMessageId(), stopped ? "stopped" : "group stopped");
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
      stopped = !(e instanceof LockRowTooLargeException);
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
      gate.log().busy(Delivery.of(message), e.holder(), wait);
      return Outcome.BUSY;
    }
  }

  /** What the work throws stays in here: it may be of the very types that the lock throws. */
  private Outcome worked(HeldRows rows, SQSMessage message) {
    Duration before = gate.invocation().remaining();
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
