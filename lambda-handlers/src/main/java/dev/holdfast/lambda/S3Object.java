package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3ObjectEntity;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The object that an event of S3 is about. A text is empty where the event has none.
 *
 * @param bucket its bucket's name, which has no slash
 * @param key its key, decoded
 * @param version its version, in a bucket that has versions
 * @param sequencer what orders the changes of one key
 */
record S3Object(String bucket, String key, String version, String sequencer) {

  static S3Object of(S3EventNotificationRecord happened) {
    if (happened.getS3() == null
        || happened.getS3().getBucket() == null
        || happened.getS3().getObject() == null) {
      throw new InvalidEventException(
          "an event of S3 must have a \"bucket\" and an \"object\", got one without");
    }
    S3ObjectEntity object = happened.getS3().getObject();
    return new S3Object(
        present("bucket name", happened.getS3().getBucket().getName()),
        decoded(present("object key", object.getKey())),
        object.getVersionId() == null ? "" : object.getVersionId(),
        object.getSequencer() == null ? "" : object.getSequencer());
  }

  private static String present(String what, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw new InvalidEventException("an event of S3 must have a " + what + ", got none");
    }
    return text;
  }

  private static String decoded(String key) {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException(
          "an object key in an event of S3 must be encoded as in a URL, got one with a % that"
              + " starts no byte");
    }
  }

  String path() {
    return bucket + "/" + key;
  }

  Optional<String> identity() {
    return sequencer.isEmpty()
        ? Optional.empty()
        : Optional.of(Parts.joined(bucket, key, version, sequencer));
  }
}
