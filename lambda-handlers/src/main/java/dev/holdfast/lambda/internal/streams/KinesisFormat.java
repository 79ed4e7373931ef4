package dev.holdfast.lambda.internal.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.ObjectNode;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.KinesisTimeWindowEvent;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lambda.internal.keys.CompositeId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** Event format of Kinesis data streams. */
public record KinesisFormat() implements StreamFormat<KinesisEventRecord> {
  private static final JsonCodec<KinesisTimeWindowEvent> EVENT_CODEC =
      JsonCodec.of(KinesisTimeWindowEvent.class);
  private static final String DATA_FIELD = "data";
  private static final int AGGREGATED_MAGIC = 0xF3899AC2;
  private static final int MD5_BYTES = 16;

  @Override
  public String description() {
    return "a batch of Kinesis";
  }

  @Override
  public List<KinesisEventRecord> read(byte[] json) {
    KinesisTimeWindowEvent batch = EVENT_CODEC.read(json);
    return requireReportable(batch.getRecords(), batch.getWindow());
  }

  @Override
  public String sequenceNumber(KinesisEventRecord record) {
    String number = record.getKinesis() == null ? null : record.getKinesis().getSequenceNumber();
    return number == null ? "" : number;
  }

  /** Lambda's event id is shard and sequence number; a handmade event may have none. */
  @Override
  public String eventId(KinesisEventRecord record) {
    String id = record.getEventID();
    return CompositeId.join(
        String.valueOf(record.getEventSourceARN()),
        id == null || id.isEmpty() ? sequenceNumber(record) : id);
  }

  /** Decodes the data, which is Base64 in the event. */
  @Override
  public JsonNode decode(JsonNode record) {
    JsonNode copy = record.deepCopy();
    if (copy.path("kinesis") instanceof ObjectNode kinesis
        && kinesis.path(DATA_FIELD).isTextual()) {
      kinesis.put(DATA_FIELD, decodeBase64(kinesis.path(DATA_FIELD).textValue()));
    }
    return copy;
  }

  /**
   * Checks that a record is not an aggregated one of the Kinesis Producer Library, which starts
   * with four fixed bytes and ends with the MD5 of what is between.
   *
   * @throws InvalidEventException if it is aggregated
   */
  public static void requireNotAggregated(KinesisEventRecord record) {
    ByteBuffer data = record.getKinesis() == null ? null : record.getKinesis().getData();
    if (data != null && isAggregated(data.duplicate())) {
      throw new InvalidEventException(
          "a Kinesis record must be one record of its producer, got an aggregated one of the Kinesis"
              + " Producer Library: set AggregationEnabled to false in the producer, or split it in"
              + " handle and override acceptsAggregatedRecords");
    }
  }

  private static boolean isAggregated(ByteBuffer data) {
    if (data.remaining() < Integer.BYTES + MD5_BYTES || data.getInt() != AGGREGATED_MAGIC) {
      return false;
    }
    byte[] messages = new byte[data.remaining() - MD5_BYTES];
    data.get(messages);
    return data.equals(ByteBuffer.wrap(md5(messages)));
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("MD5 is missing in this JDK", e);
    }
  }

  private static String decodeBase64(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException("'data' of a Kinesis record must be Base64, got other text");
    }
  }
}
