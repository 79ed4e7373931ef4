package dev.holdfast.lambda;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lambda.internal.json.RecordsJsonReader;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.records.WorklessEvents;
import dev.holdfast.lambda.internal.sqs.SqsBatchProcessor;
import dev.holdfast.lambda.internal.sqs.SqsMessages;
import dev.holdfast.lambda.model.SqsOptions;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;

/**
 * Handler of the messages of an SQS queue, each under a lock on its resource, and once if the guard
 * deduplicates events. As thread-safe as the subclass.
 *
 * <p>The event source mapping must have {@code ReportBatchItemFailures} on. Exactly the messages
 * that failed or were not started are reported. A busy message is attempted again after the rest of
 * the batch, and is reported if it is still busy.
 */
public abstract class LockedSqsHandler implements RequestStreamHandler {
  private static final JsonCodec<SQSEvent> EVENT_CODEC = JsonCodec.of(SQSEvent.class);
  private static final JsonCodec<SQSBatchResponse> RESPONSE_CODEC =
      JsonCodec.of(SQSBatchResponse.class);

  private final Guard guard;
  private final SqsOptions options;
  private final IdSource<SQSMessage> idSource;

  /**
   * Creates a handler with default options for SQS.
   *
   * @param guard the guard that acquires the locks
   * @throws IllegalStateException if the guard stores results, or an event id pointer is set and
   *     the guard does not deduplicate
   */
  protected LockedSqsHandler(Guard guard) {
    this(guard, SqsOptions.DEFAULT);
  }

  /**
   * Creates a handler.
   *
   * @param guard the guard that acquires the locks
   * @param options the options for SQS
   * @throws IllegalStateException if the guard stores results, or an event id pointer is set and
   *     the guard does not deduplicate
   */
  protected LockedSqsHandler(Guard guard, SqsOptions options) {
    this.guard = Objects.requireNonNull(guard, "guard").ensureNoStoredResults(getClass());
    this.options = Objects.requireNonNull(options, "options");
    IdPointers idPointers = guard.idPointers();
    this.idSource = new IdSource<>(idPointers, this::resourceId, this::requireEventId);
  }

  /**
   * Returns the resource that only one message at a time may use. The default is the message group
   * of a FIFO queue; without it, a message of a standard queue fails. {@code HOLDFAST_RESOURCE_ID}
   * replaces this method.
   *
   * @param message the message
   * @return the resource id, which all users of the table share
   */
  protected String resourceId(SQSMessage message) {
    return SqsMessages.fifoMessageGroup(message).orElseThrow(SqsMessages::missingResourceId);
  }

  /**
   * Returns the id of a message. The default is the message id in a standard queue, and the queue
   * with the deduplication id in a FIFO queue. {@code HOLDFAST_EVENT_ID} replaces this method.
   *
   * @param message the message
   * @return an id that is the same for each delivery of the message
   */
  protected String eventId(SQSMessage message) {
    return SqsMessages.eventId(message);
  }

  private Optional<String> requireEventId(SQSMessage message) {
    return Optional.of(WorkKey.requireNonEmpty("event id", eventId(message)));
  }

  /**
   * Returns whether a message carries no work. The default accepts the test messages that S3 and
   * Auto Scaling send when a notification is set up, also through SNS. Such a message is
   * acknowledged with a log line, without a lock and without a write.
   *
   * @param message the message
   * @return true if there is nothing to handle
   */
  protected boolean isIgnored(SQSMessage message) {
    return WorklessEvents.isTestMessage(message.getBody());
  }

  /**
   * Handles one message under its lock.
   *
   * @param message the message
   * @param lease the lease of the held lock
   * @param context the context of the invocation
   * @throws Exception if the message fails; it is reported, and the other messages continue
   */
  protected abstract void handle(SQSMessage message, Lease lease, Context context) throws Exception;

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    byte[] json = input.readAllBytes();
    if (WorklessEvents.pings(context).test(json)) {
      output.write(RESPONSE_CODEC.write(new SQSBatchResponse(new ArrayList<>())));
      return;
    }
    SQSEvent event = EVENT_CODEC.read(json);
    RecordsJsonReader records = new RecordsJsonReader(json, "a batch of SQS messages");
    SQSBatchResponse response;
    try (WorkGuard workGuard = guard.startInvocation(context)) {
      response =
          new SqsBatchProcessor(
                  workGuard,
                  options,
                  message -> workKey(message, records),
                  (message, lease) -> handle(message, lease, context))
              .process(SqsMessages.requireReportable(event));
    }
    output.write(RESPONSE_CODEC.write(response));
  }

  private Optional<WorkKey> workKey(SQSMessage message, RecordsJsonReader records) {
    return isIgnored(message)
        ? Optional.empty()
        : Optional.of(idSource.workKey(message, () -> recordOf(message, records)));
  }

  private static JsonNode recordOf(SQSMessage message, RecordsJsonReader records) {
    return records.firstRecordWith("messageId", message.getMessageId());
  }
}
