package dev.holdfast.lambda.internal.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.lambda.error.InvalidEventException;
import java.util.Base64;

/** The data of a Kinesis record, which is sent in Base64, as text. */
public final class KinesisDataDecoder {
  private static final String DATA_FIELD = "data";

  private KinesisDataDecoder() {}

  public static JsonNode decode(JsonNode event) {
    JsonNode copy = event.deepCopy();
    if (copy.path("kinesis") instanceof ObjectNode record && record.path(DATA_FIELD).isTextual()) {
      record.put(DATA_FIELD, decodeText(record.path(DATA_FIELD).textValue()));
    }
    return copy;
  }

  private static String decodeText(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException("'data' of a Kinesis record must be Base64, got other text");
    }
  }
}
