package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Handles what happened to objects of an S3 bucket, one at a time for each object, and once where
 * the guard remembers events. As thread-safe as the subclass.
 *
 * <p>A busy object is waited for while the work still fits; then the invocation fails and Lambda
 * tries again, so the function needs a failure destination or a dead-letter queue. Records of one
 * event are handled each by itself; the first failure comes out when all were tried.
 */
public abstract class LockedS3Handler implements RequestStreamHandler {
  private static final String WHAT = "an event of S3";
  private static final JsonType<S3Event> TYPE = JsonType.of(S3Event.class);
  private static final JsonStreams<List<S3EventNotificationRecord>, NoResult> STREAMS =
      new JsonStreams<>(LockedS3Handler::objects, NoResult::json);

  private final Guard guard;
  private final HandlerIds<S3EventNotificationRecord> ids;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   * @throws IllegalStateException if an id is given twice, by a method and by the environment
   */
  protected LockedS3Handler(Guard guard) {
    this.guard =
        Objects.requireNonNull(guard, "guard")
            .ensureKeepingNoResults(getClass())
            .ensureSequential(getClass());
    Pointers pointers = guard.pointersFor(getClass(), LockedS3Handler.class);
    this.ids = new HandlerIds<>(pointers, this::resourceId, this::identity);
  }

  /**
   * Says what must not be worked on at the same time as this object. Unless overridden or found by
   * {@code HOLDFAST_RESOURCE_ID}, it is the object: bucket, {@code /} and key, decoded.
   *
   * @param happened what happened to an object
   * @return the resource's id, shared by everyone who uses the table
   */
  protected String resourceId(S3EventNotificationRecord happened) {
    return S3Object.of(happened).path();
  }

  /**
   * Says by what an event is known again. Unless overridden or found by {@code HOLDFAST_EVENT_ID},
   * it is the object with its version and sequencer; nothing where S3 gives no sequencer.
   *
   * @param happened what happened to an object
   * @return an id that each delivery of the event has
   */
  protected Optional<String> eventId(S3EventNotificationRecord happened) {
    return S3Object.of(happened).identity();
  }

  private Optional<String> identity(S3EventNotificationRecord happened) {
    Optional<String> id = eventId(happened);
    if (id.isEmpty() && guard.remembersEvents()) {
      throw new InvalidEventException(
          "this event of S3 has no sequencer, so it cannot be handled once: override eventId");
    }
    return id;
  }

  /**
   * The key of an object as it was stored: in the event, it is encoded as in a URL.
   *
   * @param happened what happened to an object
   * @return the key, decoded
   */
  protected static String key(S3EventNotificationRecord happened) {
    return S3Object.of(happened).key();
  }

  /**
   * Handles one object while its lock is held.
   *
   * @param happened what happened to an object
   * @param lease the lock under which this runs
   * @param context of the invocation
   * @throws Exception if it failed; it comes out unchanged, and the event is not remembered
   */
  protected abstract void handle(S3EventNotificationRecord happened, Lease lease, Context context)
      throws Exception;

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    STREAMS.exchange(input, output, (objects, json) -> handled(objects, json, context));
  }

  private NoResult handled(List<S3EventNotificationRecord> objects, byte[] json, Context context)
      throws Exception {
    return guard.at(
        context,
        gate -> {
          RecordsJson records = new RecordsJson(json, WHAT);
          return new AsyncRecords<>(gate, ids, this::handle).handle(objects, records);
        });
  }

  private static List<S3EventNotificationRecord> objects(byte[] json) {
    return AsyncRecords.of(TYPE.read(json).getRecords(), WHAT);
  }
}
