package dev.holdfast.lambda.internal.notifications;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lambda.internal.json.JsonTreeReader;
import dev.holdfast.lambda.internal.records.RecordValidator;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Reader of S3 event notifications. */
public final class S3EventReader {
  /** Description of such an event in messages. */
  public static final String EVENT_DESCRIPTION = "an event of S3";

  private static final JsonCodec<S3Event> EVENT_CODEC = JsonCodec.of(S3Event.class);

  private S3EventReader() {}

  /**
   * Reads the records of an event.
   *
   * @throws InvalidEventException if it is not an event of S3; the message names the missing field
   */
  public static List<S3EventNotificationRecord> read(byte[] json) {
    return RecordValidator.requireRecords(parse(json).getRecords(), EVENT_DESCRIPTION);
  }

  /** Explains a failure of the library, which has no message about a field without a time. */
  private static S3Event parse(byte[] json) {
    try {
      return EVENT_CODEC.read(json);
    } catch (InvalidEventException e) {
      JsonNode records = JsonTreeReader.read(json, EVENT_DESCRIPTION).path("Records");
      for (int i = 0; i < records.size(); i++) {
        Optional<String> problem = problemOfTime(records.path(i).path("eventTime"));
        if (problem.isPresent()) {
          throw new InvalidEventException(
              "a record of S3 must have an \"eventTime\" in ISO 8601, got "
                  + problem.get()
                  + " in Records["
                  + i
                  + "]");
        }
      }
      throw e;
    }
  }

  private static Optional<String> problemOfTime(JsonNode time) {
    if (!time.isTextual() || time.textValue().isEmpty()) {
      return Optional.of("none");
    }
    try {
      OffsetDateTime.parse(time.textValue());
      return Optional.empty();
    } catch (DateTimeException e) {
      return Optional.of("another text");
    }
  }
}
