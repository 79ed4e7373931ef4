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
import dev.holdfast.lambda.internal.sqs.SqsBatchProcessor;
import dev.holdfast.lambda.internal.sqs.SqsMessages;
import dev.holdfast.lambda.model.SqsOptions;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * Handles the messages of an SQS queue, each by itself under a lock on its resource, and once where
 * the guard remembers events. As thread-safe as the subclass.
 *
 * <p>The event source mapping must have {@code ReportBatchItemFailures} on: exactly the messages
 * that failed, or were not worked on, are reported. A busy message is tried again after the rest of
 * the batch and then reported.
 */
public abstract class LockedSqsHandler implements RequestStreamHandler {
  private static final JsonCodec<SQSEvent> EVENT_CODEC = JsonCodec.of(SQSEvent.class);
  private static final JsonCodec<SQSBatchResponse> RESPONSE_CODEC =
      JsonCodec.of(SQSBatchResponse.class);

  private final Guard guard;
  private final SqsOptions options;
  private final IdSource<SQSMessage> idSource;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   * @throws IllegalStateException if an id is given twice, by a method and by the environment
   */
  protected LockedSqsHandler(Guard guard) {
    this(guard, SqsOptions.DEFAULT);
  }

  /**
   * Creates a handler with options for SQS.
   *
   * @param guard the guard that acquires the locks
   * @param options the options for SQS
   * @throws IllegalStateException if the guard stores results, or has an event id pointer and does
   *     not deduplicate
   */
  protected LockedSqsHandler(Guard guard, SqsOptions options) {
    this.guard = Objects.requireNonNull(guard, "guard").ensureNoStoredResults(getClass());
    this.options = Objects.requireNonNull(options, "options");
    IdPointers idPointers = guard.idPointers();
    this.idSource = new IdSource<>(idPointers, this::resourceId, this::requireEventId);
  }

  /**
   * Says what must not be worked on at the same time as this message. Unless overridden or found by
   * {@code HOLDFAST_RESOURCE_ID}, it is the message group of a FIFO queue, and a message of a
   * standard queue fails.
   *
   * @param message the message
   * @return the resource's id, shared by everyone who uses the table
   */
  protected String resourceId(SQSMessage message) {
    return SqsMessages.fifoMessageGroup(message).orElseThrow(SqsMessages::missingResourceId);
  }

  /**
   * Says by what a message is known again. Unless overridden or found by {@code HOLDFAST_EVENT_ID},
   * it is the message id, and in a FIFO queue the queue with the deduplication id.
   *
   * @param message the message
   * @return an id that each delivery of the message has
   */
  protected String eventId(SQSMessage message) {
    return SqsMessages.eventId(message);
  }

  private Optional<String> requireEventId(SQSMessage message) {
    return Optional.of(WorkKey.requireNonEmpty("event id", eventId(message)));
  }

  /**
   * Handles one message while its lock is held.
   *
   * @param message the message
   * @param lease the lock under which this runs
   * @param context of the invocation
   * @throws Exception if this message failed; it is reported, and its neighbours go on
   */
  protected abstract void handle(SQSMessage message, Lease lease, Context context) throws Exception;

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    byte[] json = input.readAllBytes();
    SQSEvent event = EVENT_CODEC.read(json);
    RecordsJsonReader records = new RecordsJsonReader(json, "a batch of SQS messages");
    SQSBatchResponse response;
    try (WorkGuard workGuard = guard.startInvocation(context)) {
      response =
          new SqsBatchProcessor(
                  workGuard,
                  options,
                  message -> idSource.workKey(message, () -> recordOf(message, records)),
                  (message, lease) -> handle(message, lease, context))
              .process(SqsMessages.requireReportable(event));
    }
    output.write(RESPONSE_CODEC.write(response));
  }

  private static JsonNode recordOf(SQSMessage message, RecordsJsonReader records) {
    return records.firstRecordWith("messageId", message.getMessageId());
  }
}
