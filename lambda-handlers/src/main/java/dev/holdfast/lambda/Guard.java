package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.error.InsufficientTimeException;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.admission.Admission;
import dev.holdfast.lambda.internal.admission.GuardConfig;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.metrics.InvocationMetrics;
import dev.holdfast.lambda.internal.sqs.SqsBatchProcessor;
import dev.holdfast.lambda.internal.sqs.SqsMessages;
import dev.holdfast.lambda.internal.time.Invocation;
import dev.holdfast.lambda.internal.util.SneakyThrow;
import dev.holdfast.lambda.model.SqsMessageHandler;
import dev.holdfast.lambda.model.SqsOptions;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockCallback;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockUnavailableException;
import java.util.Objects;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Lets at most one invocation at a time work on a resource, and lets each event be handled once.
 * Immutable and thread-safe; make one per handler, outside the invocations.
 *
 * <p>The lock lasts as long as the sandbox can and ends with the work; there is no thread and no
 * renewal. Where the lock table does not answer, nothing runs. Work that throws is not remembered,
 * and what it throws comes out unchanged; work that succeeded is a success, also where its lock
 * could not be released any more.
 */
public final class Guard extends GuardSettings {
  private final WorkGuard.LockAccess lockAccess;

  Guard(LockClient lockClient, GuardConfig config) {
    this(
        config.metricsOptions().isEnabled()
            ? WorkGuard.LockAccess.of(lockClient).withMetrics()
            : WorkGuard.LockAccess.of(lockClient),
        config);
  }

  private Guard(WorkGuard.LockAccess lockAccess, GuardConfig config) {
    super(config);
    this.lockAccess = lockAccess;
  }

  @Override
  Guard with(GuardConfig changed) {
    boolean enablesMetrics =
        changed.metricsOptions().isEnabled() && !config().metricsOptions().isEnabled();
    return new Guard(enablesMetrics ? lockAccess.withMetrics() : lockAccess, changed);
  }

  /**
   * The guard of a deployed function: the table's name in {@code HOLDFAST_TABLE}, a key prefix, if
   * any, in {@code HOLDFAST_KEY_PREFIX}, Region and credentials in Lambda's own variables. Writes
   * metrics, unless {@code HOLDFAST_METRICS} is {@code off}. Makes no call.
   *
   * @return a guard with a client of its own
   * @throws IllegalStateException if a variable is missing; the message names it
   */
  public static Guard fromEnvironment() {
    return new FunctionEnvironment(System::getenv).createGuard();
  }

  /**
   * The guard of a deployed function with a client of its own.
   *
   * @param client Region, credentials, time-outs
   * @return a guard with the other settings of {@link #fromEnvironment()}
   * @throws IllegalStateException if a variable is missing; the message names it
   */
  public static Guard fromEnvironment(DynamoDbClient client) {
    return new FunctionEnvironment(System::getenv).createGuard(client);
  }

  /**
   * A guard on locks made by the caller, for tests, or where the environment is to have no say.
   *
   * @param lockClient on the lock table
   * @return a guard that remembers no events and writes no metrics
   */
  public static Guard on(LockClient lockClient) {
    return new Guard(Objects.requireNonNull(lockClient, "locks"), GuardConfig.DEFAULT);
  }

  /**
   * Works on a resource, one at a time: two writes.
   *
   * @param resourceId shared by everyone who uses the table
   * @param context of the invocation
   * @param work what to do
   * @param <T> what the work returns
   * @param <X> what the work may throw
   * @return what the work returned
   * @throws X what the work threw, unchanged
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws LockUnavailableException if another had it until the work no longer fitted
   * @throws InsufficientTimeException if the work did not fit from the start
   */
  public <T, X extends Exception> T call(
      String resourceId, Context context, LockCallback<Lease, T, X> work) throws X, InterruptedException {
    return run(WorkKey.resource(resourceId), context, work);
  }

  /**
   * Works on a resource, one at a time, and once for each event: four writes, of which a duplicate
   * costs one.
   *
   * @param ids where the ids are in the event; an event id is needed
   * @param event what they are found in
   * @param context of the invocation
   * @param work what to do
   * @param <E> the event
   * @param <T> what the work returns
   * @param <X> what the work may throw
   * @return what the work returned
   * @throws X what the work threw, unchanged
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws AlreadyCompletedException if the event was handled before
   * @throws LockUnavailableException if another had it until the work no longer fitted
   * @throws InsufficientTimeException if the work did not fit from the start
   */
  public <E, T, X extends Exception> T call(
      Ids<E> ids, E event, Context context, LockCallback<Lease, T, X> work)
      throws X, InterruptedException {
    ensureDeduplicating();
    return run(ids.workKey(event), context, work);
  }

  /**
   * Puts this guard around an existing handler. It serialises and remembers nothing.
   *
   * @param handler the handler
   * @param resourceId gives the resource's id of an event
   * @param <E> the event
   * @param <R> the result
   * @return a handler that holds the lock while the given one works
   */
  public <E, R> RequestHandler<E, R> wrap(
      RequestHandler<E, R> handler, Function<? super E, String> resourceId) {
    Objects.requireNonNull(handler, "handler");
    Ids<E> ids = Ids.ofResource(resourceId);
    return (event, context) -> {
      try {
        return run(ids.workKey(event), context, lease -> handler.handleRequest(event, context));
      } catch (InterruptedException e) {
        throw SneakyThrow.rethrow(e);
      }
    };
  }

  /**
   * Handles each message of a batch by itself, under its own lock.
   *
   * @param event the batch
   * @param context of the invocation
   * @param resourceId gives the resource's id of a message
   * @param handler what to do with a message
   * @return the messages that failed or were not worked on, and no others
   * @throws InvalidEventException if this is no batch of SQS messages; nothing ran
   */
  public SQSBatchResponse processBatch(
      SQSEvent event,
      Context context,
      Function<? super SQSMessage, String> resourceId,
      SqsMessageHandler handler) {
    return processBatch(
        event,
        context,
        Ids.<SQSMessage>ofResource(resourceId).andEvent(message -> message.getMessageId()),
        handler);
  }

  /**
   * Handles each message of a batch by itself, under its own lock.
   *
   * @param event the batch
   * @param context of the invocation
   * @param ids where a message's ids are
   * @param handler what to do with a message
   * @return the messages that failed or were not worked on, and no others
   * @throws InvalidEventException if this is no batch of SQS messages; nothing ran
   */
  public SQSBatchResponse processBatch(
      SQSEvent event, Context context, Ids<SQSMessage> ids, SqsMessageHandler handler) {
    return processBatch(event, context, ids, handler, SqsOptions.DEFAULT);
  }

  /**
   * Handles each message of a batch under its own lock, with options for SQS.
   *
   * @param event the batch
   * @param context the context of the invocation
   * @param ids the functions that return the ids of a message
   * @param handler the handler of one message
   * @param options the options for SQS
   * @return the messages that failed or were not started, and no others
   * @throws InvalidEventException if the event is not a batch of SQS messages; no message was
   *     handled
   */
  public SQSBatchResponse processBatch(
      SQSEvent event,
      Context context,
      Ids<SQSMessage> ids,
      SqsMessageHandler handler,
      SqsOptions options) {
    if (ids.isEventOnly()) {
      ensureDeduplicating();
    }
    try (WorkGuard workGuard = startInvocation(context)) {
      return new SqsBatchProcessor(workGuard, options, ids::workKey, handler)
          .process(SqsMessages.requireReportable(event));
    }
  }

  /** For handlers that give no result which could be kept. */
  Guard ensureNoStoredResults(Class<?> handler) {
    if (storesResults()) {
      throw new IllegalStateException(
          handler.getName()
              + " answers a trigger that takes no result, so none can be kept: use"
              + " Guard.rememberingEvents instead of rememberingResults");
    }
    return this;
  }

  /** Runs work under its locks and throws an exception for every other outcome. */
  private <T, X extends Exception> T run(
      WorkKey workKey, Context context, LockCallback<Lease, T, X> work) throws X, InterruptedException {
    try (WorkGuard workGuard = startInvocation(context)) {
      Admission admission = workGuard.admitAndLog(workKey);
      return admission.<T, X>fold(
          entered -> entered.work().run(work),
          duplicate -> {
            throw duplicate.toException();
          },
          rejected -> {
            throw rejected.toException();
          });
    }
  }

  /** Returns the guard of one invocation; closing it writes the metrics. */
  WorkGuard startInvocation(Context context) {
    return new WorkGuard(lockAccess, config(), new Invocation(context), new InvocationMetrics());
  }
}
