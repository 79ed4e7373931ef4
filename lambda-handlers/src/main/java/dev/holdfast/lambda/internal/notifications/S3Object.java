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
 * The object that an event of S3 is about. A text is empty where the event has none.
 *
 * @param bucket its bucket's name, which has no slash
 * @param key its key, decoded
 * @param versionId its version, in a bucket that has versions
 * @param sequencer what orders the changes of one key
 */
public record S3Object(String bucket, String key, String versionId, String sequencer) {

  public static S3Object of(S3EventNotificationRecord record) {
    if (record.getS3() == null
        || record.getS3().getBucket() == null
        || record.getS3().getObject() == null) {
      throw new InvalidEventException(
          "an event of S3 must have a \"bucket\" and an \"object\", got one without");
    }
    S3ObjectEntity object = record.getS3().getObject();
    return new S3Object(
        requireText("bucket name", record.getS3().getBucket().getName()),
        decode(requireText("object key", object.getKey())),
        object.getVersionId() == null ? "" : object.getVersionId(),
        object.getSequencer() == null ? "" : object.getSequencer());
  }

  private static String requireText(String field, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw new InvalidEventException("an event of S3 must have a " + field + ", got none");
    }
    return text;
  }

  private static String decode(String key) {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException(
          "an object key in an event of S3 must be encoded as in a URL, got one with a % that"
              + " starts no byte");
    }
  }

  public String path() {
    return bucket + "/" + key;
  }

  public Optional<String> eventId() {
    return sequencer.isEmpty()
        ? Optional.empty()
        : Optional.of(CompositeId.join(bucket, key, versionId, sequencer));
  }
}
