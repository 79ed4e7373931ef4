package dev.holdfast.lambda.internal.sqs;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.internal.admission.Admission;
import dev.holdfast.lambda.internal.admission.HeldWork;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.time.WorkTimeEstimate;
import dev.holdfast.lambda.model.BusyMessage;
import dev.holdfast.lambda.model.SqsMessageHandler;
import dev.holdfast.lambda.model.SqsOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Processor of one batch of SQS messages; used once.
 *
 * <p>The first round attempts each message without a wait. The second round attempts the messages
 * whose lock was busy or met contention with a wait, and reports those that are still busy. In a
 * FIFO queue the order of a group is kept: messages that follow a busy message move to the second
 * round, and messages that follow a failed message are reported. Every message that is not known to
 * be handled is reported, whatever fails.
 */
public final class SqsBatchProcessor {
  private final WorkGuard workGuard;
  private final SqsOptions options;
  private final Function<SQSMessage, Optional<WorkKey>> workKeys;
  private final SqsMessageHandler handler;
  private final Set<String> handled = ConcurrentHashMap.newKeySet();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final WorkTimeEstimate workTimeEstimate = new WorkTimeEstimate();
  private final BusyMessageTracker busyTracker = new BusyMessageTracker();
  private volatile boolean stopped;

  private enum Outcome {
    HANDLED,
    BUSY,
    FAILED
  }

  /**
   * Creates a processor.
   *
   * @param workKeys returns the ids of a message, or nothing if it carries no work
   */
  public SqsBatchProcessor(
      WorkGuard workGuard,
      SqsOptions options,
      Function<SQSMessage, Optional<WorkKey>> workKeys,
      SqsMessageHandler handler) {
    this.workGuard = workGuard;
    this.options = options;
    this.workKeys = workKeys;
    this.handler = handler;
  }

  /**
   * Handles the messages.
   *
   * @param messages the messages of the batch, with distinct ids
   * @return the messages that are not known to be handled
   */
  public SQSBatchResponse process(List<SQSMessage> messages) {
    List<OrderedGroup> groups = orderedGroups(messages);
    Queue<Runnable> attempts = new ConcurrentLinkedQueue<>();
    groups.forEach(group -> attempts.add(group::processWithoutWait));
    BatchThreads.run(attempts, threadCount(groups));

    List<OrderedGroup> busyGroups = groups.stream().filter(OrderedGroup::isUnfinished).toList();
    waitingCount.set(busyGroups.stream().mapToInt(group -> group.messages.size()).sum());
    Queue<Runnable> waits = new ConcurrentLinkedQueue<>();
    busyGroups.forEach(group -> waits.add(() -> group.processWithWait(threadCount(busyGroups))));
    BatchThreads.run(waits, threadCount(busyGroups));

    List<SQSMessage> reported =
        messages.stream().filter(message -> !handled.contains(message.getMessageId())).toList();
    options.visibilityChanger().ifPresent(changer -> changeVisibilityOfBusy(reported, changer));
    return response(reported);
  }

  private int threadCount(List<OrderedGroup> groups) {
    return Math.min(options.parallelism(), groups.size());
  }

  private void changeVisibilityOfBusy(
      List<SQSMessage> reported, Consumer<? super BusyMessage> visibilityChanger) {
    busyTracker
        .busyMessages(reported, workGuard)
        .forEach(message -> changeVisibility(message, visibilityChanger));
  }

  /**
   * Changes nothing if the response could be late. The visibility timeout of the queue applies
   * then.
   */
  private void changeVisibility(
      BusyMessage message, Consumer<? super BusyMessage> visibilityChanger) {
    if (workGuard
        .config()
        .timeBudget()
        .requestDeadline(workGuard.invocation().remainingTime())
        .isZero()) {
      return;
    }
    try {
      visibilityChanger.accept(message);
    } catch (RuntimeException | Error e) {
      workGuard.log().visibilityNotChanged(message.message().getMessageId(), e);
    }
  }

  /** Returns a mutable list, which the serializer of the events library needs. */
  private static SQSBatchResponse response(List<SQSMessage> reported) {
    return new SQSBatchResponse(
        new ArrayList<>(
            reported.stream()
                .map(message -> new BatchItemFailure(message.getMessageId()))
                .toList()));
  }

  /** Returns each FIFO message group in its order, and each other message as its own group. */
  private List<OrderedGroup> orderedGroups(List<SQSMessage> messages) {
    List<OrderedGroup> orderedGroups = new ArrayList<>();
    Map<String, OrderedGroup> groupsById = new LinkedHashMap<>();
    for (SQSMessage message : messages) {
      OrderedGroup orderedGroup =
          SqsMessages.fifoMessageGroup(message)
              .map(groupId -> groupsById.computeIfAbsent(groupId, newId -> addGroup(orderedGroups)))
              .orElseGet(() -> addGroup(orderedGroups));
      orderedGroup.messages.add(message);
    }
    return orderedGroups;
  }

  private OrderedGroup addGroup(List<OrderedGroup> orderedGroups) {
    OrderedGroup group = new OrderedGroup();
    orderedGroups.add(group);
    return group;
  }

  /** Messages that run one after the other; used by one thread at a time. */
  private final class OrderedGroup {
    private final ArrayDeque<SQSMessage> messages = new ArrayDeque<>();

    boolean isUnfinished() {
      return !messages.isEmpty();
    }

    void processWithoutWait() {
      while (isUnfinished()) {
        Outcome outcome = processMessage(messages.element(), Duration.ZERO);
        if (outcome == Outcome.BUSY) {
          return;
        }
        complete(outcome);
      }
    }

    void processWithWait(int concurrentGroups) {
      while (isUnfinished()) {
        int sharingMessages = (waitingCount.get() + concurrentGroups - 1) / concurrentGroups;
        int sizeBefore = messages.size();
        complete(
            processMessage(messages.element(), guardWithEstimate().sharedWait(sharingMessages)));
        waitingCount.addAndGet(messages.size() - sizeBefore);
      }
    }

    private void complete(Outcome outcome) {
      SQSMessage message = messages.remove();
      if (outcome == Outcome.HANDLED) {
        handled.add(message.getMessageId());
        return;
      }
      messages.forEach(
          skipped ->
              workGuard
                  .log()
                  .notStarted(skipped.getMessageId(), stopped ? "batch_stopped" : "group_stopped"));
      messages.clear();
    }
  }

  private Outcome processMessage(SQSMessage message, Duration maxWait) {
    if (stopped) {
      workGuard.log().notStarted(message.getMessageId(), "batch_stopped");
      return Outcome.FAILED;
    }
    try {
      Optional<WorkKey> workKey = workGuard.readIds(() -> workKeys.apply(message));
      if (workKey.isEmpty()) {
        workGuard.log().ignored(message.getMessageId());
        return Outcome.HANDLED;
      }
      return guardWithEstimate()
          .admit(workKey.get(), maxWait)
          .fold(
              entered -> handle(entered.work(), message),
              duplicate -> {
                workGuard.log().duplicate(duplicate.completion());
                return Outcome.HANDLED;
              },
              rejected -> reject(rejected, message, maxWait));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
      return recordFailure(message, e);
    } catch (RuntimeException | Error e) {
      return recordFailure(message, e);
    }
  }

  private WorkGuard guardWithEstimate() {
    return workGuard.withMinRemainingTimeAtLeast(workTimeEstimate.duration());
  }

  private Outcome reject(Admission.Rejected rejected, SQSMessage message, Duration maxWait) {
    return rejected.fold(
        busy -> {
          busyTracker.add(message, busy.holder());
          MessageDelivery.of(message, workGuard.config().metricsOptions().now())
              .logBusy(busy.holder(), maxWait, workGuard.invocation().requestId());
          return Outcome.BUSY;
        },
        payloadMismatch -> recordFailure(message, payloadMismatch.error()),
        noTime -> {
          workGuard.log().notStarted(message.getMessageId(), noTime.reason());
          return Outcome.FAILED;
        },
        tableUnavailable -> {
          if (tableUnavailable.isContention()) {
            workGuard.log().contention(message.getMessageId(), tableUnavailable.reason());
            return Outcome.BUSY;
          }
          stopped = stopped || tableUnavailable.affectsAllLocks();
          return recordFailure(message, tableUnavailable.error());
        });
  }

  /** Reports any exception of the handler as a failure of the message. */
  private Outcome handle(HeldWork heldWork, SQSMessage message) {
    Duration remainingAtStart = workGuard.invocation().remainingTime();
    busyTracker.remove(message);
    try {
      heldWork.run(
          lease -> {
            handler.handle(message, lease);
            return Outcome.HANDLED;
          });
      return Outcome.HANDLED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return recordFailure(message, e);
    } catch (Throwable e) {
      return recordFailure(message, e);
    } finally {
      workTimeEstimate.recordDuration(
          remainingAtStart.minus(workGuard.invocation().remainingTime()));
    }
  }

  private Outcome recordFailure(SQSMessage message, Throwable cause) {
    workGuard.log().failed(message.getMessageId(), cause);
    return Outcome.FAILED;
  }
}
