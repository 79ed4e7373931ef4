package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SNSEvent.SNSRecord;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Handles messages of an SNS topic under a lock on their resource, and once where the guard
 * remembers events. As thread-safe as the subclass.
 *
 * <p>A busy resource is waited for while the work still fits; then the invocation fails and Lambda
 * tries again, so the function needs a failure destination or a dead-letter queue.
 */
public abstract class LockedSnsHandler implements RequestStreamHandler {
  private static final String WHAT = "a message of SNS";
  private static final JsonType<SNSEvent> TYPE = JsonType.of(SNSEvent.class);
  private static final JsonStreams<List<SNSRecord>, NoResult> STREAMS =
      new JsonStreams<>(LockedSnsHandler::messages, NoResult::json);

  private final Guard guard;
  private final HandlerIds<SNSRecord> ids;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   * @throws IllegalStateException if the class does not say what must not be worked on at the same
   *     time, or an id is given twice
   */
  protected LockedSnsHandler(Guard guard) {
    this.guard =
        Objects.requireNonNull(guard, "guard")
            .ensureKeepingNoResults(getClass())
            .ensureSequential(getClass());
    Pointers pointers = guard.pointersFor(getClass(), LockedSnsHandler.class);
    pointers.ensureResource(getClass(), LockedSnsHandler.class);
    this.ids = new HandlerIds<>(pointers, this::resourceId, this::presentEventId);
  }

  /**
   * Says what must not be worked on at the same time as this message. Override it, or set {@code
   * HOLDFAST_RESOURCE_ID}, for example to {@code /Sns/Message/orderId}.
   *
   * @param message the message
   * @return the resource's id, shared by everyone who uses the table
   */
  protected String resourceId(SNSRecord message) {
    throw Pointers.noDefault();
  }

  /**
   * Says by what a message is known again; its message id unless overridden or found by {@code
   * HOLDFAST_EVENT_ID}.
   *
   * @param message the message
   * @return an id that each delivery of the message has
   */
  protected String eventId(SNSRecord message) {
    return message.getSNS().getMessageId();
  }

  private Optional<String> presentEventId(SNSRecord message) {
    return Optional.of(Subject.present("event id", eventId(message)));
  }

  /**
   * Handles one message while its lock is held.
   *
   * @param message the message
   * @param lease the lock under which this runs
   * @param context of the invocation
   * @throws Exception if it failed; it comes out unchanged, and the message is not remembered
   */
  protected abstract void handle(SNSRecord message, Lease lease, Context context) throws Exception;

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    STREAMS.exchange(input, output, (messages, json) -> handled(messages, json, context));
  }

  private NoResult handled(List<SNSRecord> messages, byte[] json, Context context)
      throws Exception {
    return guard.at(
        context,
        gate -> {
          RecordsJson records = new RecordsJson(json, WHAT);
          return new AsyncRecords<>(gate, ids, this::handle).handle(messages, records);
        });
  }

  private static List<SNSRecord> messages(byte[] json) {
    List<SNSRecord> messages = AsyncRecords.of(TYPE.read(json).getRecords(), WHAT);
    if (messages.stream().anyMatch(message -> message.getSNS() == null)) {
      throw new InvalidEventException(WHAT + " must have an \"Sns\", got a record without");
    }
    return messages;
  }
}
