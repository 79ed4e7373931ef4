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
import dev.holdfast.lambda.internal.admission.ResultCodec;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.metrics.InvocationMetrics;
import dev.holdfast.lambda.internal.records.WorklessEvents;
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
import dev.holdfast.lock.PayloadMismatchException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Guard that runs at most one invocation at a time on a resource, and skips events that are
 * completed. Immutable and thread-safe. Create one instance for each handler, outside the
 * invocations.
 *
 * <p>By default a lease lasts until the deadline of the invocation plus a grace. It needs no thread
 * and no renewal, and the lock is released when the work ends. No work runs if the lock table does
 * not answer. The guard rethrows exceptions of the work unchanged and does not complete its event.
 * Work that returns is a success, even if its lock cannot be released.
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
   * Creates the guard of a deployed function from its environment variables. {@code HOLDFAST_TABLE}
   * is the name of the table, and {@code HOLDFAST_KEY_PREFIX} an optional key prefix. Lambda's own
   * variables have Region and credentials. The guard writes metrics unless {@code HOLDFAST_METRICS}
   * is {@code off}. This method sends no request.
   *
   * @return a guard with a new DynamoDB client
   * @throws IllegalStateException if a variable is missing; the message names it
   */
  public static Guard fromEnvironment() {
    return new FunctionEnvironment(System::getenv).createGuard();
  }

  /**
   * Creates the guard of a deployed function with the caller's DynamoDB client.
   *
   * @param client the client, with Region, credentials and timeouts
   * @return a guard with the other options of {@link #fromEnvironment()}
   * @throws IllegalStateException if a variable is missing; the message names it
   */
  public static Guard fromEnvironment(DynamoDbClient client) {
    return new FunctionEnvironment(System::getenv).createGuard(client);
  }

  /**
   * Creates a guard that uses a lock client and no environment variables, for example in tests.
   *
   * @param lockClient the client of the lock table
   * @return a guard that does not deduplicate events and writes no metrics
   */
  public static Guard on(LockClient lockClient) {
    return new Guard(Objects.requireNonNull(lockClient, "lockClient"), GuardConfig.DEFAULT);
  }

  /**
   * Runs work on a resource under its lock. This costs two writes.
   *
   * @param resourceId the id of the resource, which all users of the table share
   * @param context the context of the invocation
   * @param work the work
   * @param <T> the type of the work's result
   * @param <X> the type of the work's exception
   * @return the result of the work
   * @throws X if the work throws it
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws LockUnavailableException if another holder held the lock until the wait ended
   * @throws InsufficientTimeException if the remaining time is too short for the work
   */
  public <T, X extends Exception> T call(
      String resourceId, Context context, LockCallback<Lease, T, X> work)
      throws X, InterruptedException {
    return run(() -> WorkKey.resource(resourceId), context, work);
  }

  /**
   * Runs work on a resource under its lock, once for each event. This costs four writes, or two if
   * the event itself is the resource, and one write for a duplicate.
   *
   * @param ids the functions that return the ids of the event; they must include an event id
   * @param event the event
   * @param context the context of the invocation
   * @param work the work
   * @param <E> the type of the event
   * @param <T> the type of the work's result
   * @param <X> the type of the work's exception
   * @return the result of the work
   * @throws X if the work throws it
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalArgumentException if the ids include no event id; nothing ran
   * @throws IllegalStateException if the guard does not deduplicate events
   * @throws AlreadyCompletedException if the event is already completed
   * @throws LockUnavailableException if another holder held a lock until the wait ended
   * @throws InsufficientTimeException if the remaining time is too short for the work
   */
  public <E, T, X extends Exception> T call(
      Ids<E> ids, E event, Context context, LockCallback<Lease, T, X> work)
      throws X, InterruptedException {
    ensureDeduplicating();
    ids.requireEvent();
    return run(() -> ids.workKey(event), context, work);
  }

  /**
   * Runs work on a resource under its lock, once for each event, and stores its result for
   * duplicates. This costs as many writes as without a result.
   *
   * <p>The result is written as JSON once. The first call and each duplicate return it as read from
   * this JSON, so that they never differ. An event with a completed event id and another payload
   * receives a {@link PayloadMismatchException}. The payload is the whole event, as JSON. If an
   * event has parts that differ at each delivery, such as the receipt handle of a message, set the
   * payload with {@link Ids#andPayload}.
   *
   * @param ids the functions that return the ids of the event; they must include an event id
   * @param event the event
   * @param resultType the class of the result; a record or a class that Jackson writes and reads
   * @param context the context of the invocation
   * @param work the work
   * @param <E> the type of the event
   * @param <T> the type of the work's result
   * @param <X> the type of the work's exception
   * @return the result of the work, or of the earlier work on the same event; may be null
   * @throws X if the work throws it
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalArgumentException if the ids include no event id; nothing ran
   * @throws IllegalStateException if the guard stores no results, or the result of the work cannot
   *     be written as JSON and read again; its event is then completed without a result
   * @throws AlreadyCompletedException if the event is already completed, and its result is not
   *     stored or cannot be read as this class
   * @throws PayloadMismatchException if the event id is completed with another payload
   * @throws LockUnavailableException if another holder held a lock until the wait ended
   * @throws InsufficientTimeException if the remaining time is too short for the work
   */
  public <E, T extends @Nullable Object, X extends Exception> T call(
      Ids<E> ids, E event, Class<T> resultType, Context context, LockCallback<Lease, T, X> work)
      throws X, InterruptedException {
    ensureStoringResults();
    Ids<E> idsWithPayload = ids.requireEvent().orWholeEventAsPayload();
    ResultCodec<T> codec = new ResultCodec<>(resultType);
    try (WorkGuard workGuard = startInvocation(context)) {
      WorkKey workKey = workGuard.readIds(() -> idsWithPayload.workKey(event));
      Admission admission = workGuard.admitAndLog(workKey);
      return admission.<T, X>fold(
          entered -> entered.work().run(work, codec::finish),
          duplicate -> codec.read(duplicate.toException()),
          rejected -> {
            throw rejected.toException();
          });
    }
  }

  /**
   * Wraps an existing handler with this guard. The wrapper locks the resource, does not deduplicate
   * events, and does not convert events or results.
   *
   * @param handler the handler
   * @param resourceId returns the resource id of an event
   * @param <E> the type of the event
   * @param <R> the type of the result
   * @return a handler that holds the lock while the given handler runs
   */
  public <E, R> RequestHandler<E, R> wrap(
      RequestHandler<E, R> handler, Function<? super E, String> resourceId) {
    Objects.requireNonNull(handler, "handler");
    Ids<E> ids = Ids.ofResource(resourceId);
    return (event, context) -> {
      try {
        return run(
            () -> ids.workKey(event), context, lease -> handler.handleRequest(event, context));
      } catch (InterruptedException e) {
        throw SneakyThrow.rethrow(e);
      }
    };
  }

  /**
   * Handles each message of a batch under its own lock.
   *
   * @param event the batch
   * @param context the context of the invocation
   * @param resourceId returns the resource id of a message
   * @param handler the handler of one message
   * @return the messages that failed or were not started, and no others
   * @throws InvalidEventException if the event is not a batch of SQS messages; no message was
   *     handled
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
   * Handles each message of a batch under its own lock.
   *
   * @param event the batch
   * @param context the context of the invocation
   * @param ids the functions that return the ids of a message
   * @param handler the handler of one message
   * @return the messages that failed or were not started, and no others
   * @throws InvalidEventException if the event is not a batch of SQS messages; no message was
   *     handled
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
   * @throws IllegalArgumentException if the ids have a payload without an event id; no message was
   *     handled
   * @throws InvalidEventException if the event is not a batch of SQS messages; no message was
   *     handled
   */
  public SQSBatchResponse processBatch(
      SQSEvent event,
      Context context,
      Ids<SQSMessage> ids,
      SqsMessageHandler handler,
      SqsOptions options) {
    ids.requireEventOfPayload();
    if (ids.isEventOnly()) {
      ensureDeduplicating();
    }
    try (WorkGuard workGuard = startInvocation(context)) {
      return new SqsBatchProcessor(workGuard, options, message -> workKey(message, ids), handler)
          .process(SqsMessages.requireReportable(event));
    }
  }

  private static Optional<WorkKey> workKey(SQSMessage message, Ids<SQSMessage> ids) {
    return WorklessEvents.isTestMessage(message.getBody())
        ? Optional.empty()
        : Optional.of(ids.workKey(message));
  }

  /** Checks that the guard stores no results, for triggers whose handlers have none. */
  Guard ensureNoStoredResults(Class<?> handler) {
    if (storesResults()) {
      throw new IllegalStateException(
          handler.getName()
              + " has no result that could be stored: use Guard.deduplicating instead of"
              + " Guard.storingResults");
    }
    return this;
  }

  /** Runs work under its locks and throws an exception for every other outcome. */
  private <T, X extends Exception> T run(
      Supplier<WorkKey> ids, Context context, LockCallback<Lease, T, X> work)
      throws X, InterruptedException {
    try (WorkGuard workGuard = startInvocation(context)) {
      Admission admission = workGuard.admitAndLog(workGuard.readIds(ids));
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
