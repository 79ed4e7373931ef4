package dev.holdfast.lambda.internal.notifications;

import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3ObjectEntity;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.keys.CompositeId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Object of an S3 event notification. A missing field is an empty text.
 *
 * @param bucket the name of the bucket, which has no slash
 * @param key the decoded object key
 * @param versionId the version, if versioning is enabled for the bucket
 * @param sequencer the order of the changes of one key
 */
public record S3Object(String bucket, String key, String versionId, String sequencer) {

  /**
   * Returns the object of a record.
   *
   * @throws InvalidEventException if the record has no bucket or no object key
   */
  public static S3Object of(S3EventNotificationRecord record) {
    if (record.getS3() == null
        || record.getS3().getBucket() == null
        || record.getS3().getObject() == null) {
      throw new InvalidEventException(
          "a record of S3 must have a \"bucket\" and an \"object\", got one without");
    }
    S3ObjectEntity object = record.getS3().getObject();
    return new S3Object(
        requireText("a bucket name", record.getS3().getBucket().getName()),
        decode(requireText("an object key", object.getKey())),
        object.getVersionId() == null ? "" : object.getVersionId(),
        object.getSequencer() == null ? "" : object.getSequencer());
  }

  private static String requireText(String field, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw new InvalidEventException("a record of S3 must have " + field + ", got none");
    }
    return text;
  }

  private static String decode(String key) {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException(
          "an object key of S3 must be URL-encoded, got a % without two hexadecimal digits");
    }
  }

  /** Returns bucket and key, separated by a slash. */
  public String path() {
    return bucket + "/" + key;
  }

  /** Returns an id that each delivery of the event has; empty if there is no sequencer. */
  public Optional<String> eventId() {
    return sequencer.isEmpty()
        ? Optional.empty()
        : Optional.of(CompositeId.join(bucket, key, versionId, sequencer));
  }
}
