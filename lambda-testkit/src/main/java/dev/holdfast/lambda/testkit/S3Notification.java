package dev.holdfast.lambda.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Change of one object in a sample S3 event. Immutable.
 *
 * @param bucket the name of the bucket
 * @param key the key of the object, not encoded; the event contains it encoded as in S3
 * @param sequencer the order of the changes of one key, or an empty string if the event has none
 * @param versionId the version of the object, or an empty string if the bucket has no versions
 */
public record S3Notification(String bucket, String key, String sequencer, String versionId) {

  /**
   * Creates the notification of an object that was put into a bucket without versions.
   *
   * @param bucket the name of the bucket
   * @param key the key of the object
   * @param sequencer the order of the changes of one key, for example {@code 0055AED6DCD90281E5}
   * @return the notification
   */
  public static S3Notification put(String bucket, String key, String sequencer) {
    return new S3Notification(bucket, key, sequencer, "");
  }

  /**
   * Returns a copy for a bucket with versions.
   *
   * @param id the id of the version
   * @return a new notification
   */
  public S3Notification version(String id) {
    return new S3Notification(bucket, key, sequencer, id);
  }

  Map<String, Object> toRecord() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("eventVersion", "2.1");
    entry.put("eventSource", "aws:s3");
    entry.put("awsRegion", "us-east-1");
    entry.put("eventTime", "2026-01-01T00:00:00.000Z");
    entry.put("eventName", "ObjectCreated:Put");
    entry.put("userIdentity", Map.of("principalId", "AWS:AIDAEXAMPLEEXAMPLE000"));
    entry.put("requestParameters", Map.of("sourceIPAddress", "192.0.2.1"));
    entry.put("responseElements", Map.of("x-amz-request-id", "EXAMPLE", "x-amz-id-2", "EXAMPLE"));
    entry.put("s3", s3Entity());
    return entry;
  }

  private Map<String, Object> s3Entity() {
    Map<String, Object> entity = new LinkedHashMap<>();
    entity.put("s3SchemaVersion", "1.0");
    entity.put("configurationId", "orders");
    entity.put("bucket", bucketEntity());
    entity.put("object", objectEntity());
    return entity;
  }

  private Map<String, Object> bucketEntity() {
    Map<String, Object> entity = new LinkedHashMap<>();
    entity.put("name", bucket);
    entity.put("ownerIdentity", Map.of("principalId", "A3EXAMPLE"));
    entity.put("arn", "arn:aws:s3:::" + bucket);
    return entity;
  }

  private Map<String, Object> objectEntity() {
    Map<String, Object> entity = new LinkedHashMap<>();
    entity.put("key", URLEncoder.encode(key, UTF_8).replace("%2F", "/"));
    entity.put("size", 1024);
    entity.put("eTag", "d41d8cd98f00b204e9800998ecf8427e");
    if (!versionId.isEmpty()) {
      entity.put("versionId", versionId);
    }
    if (!sequencer.isEmpty()) {
      entity.put("sequencer", sequencer);
    }
    return entity;
  }
}
