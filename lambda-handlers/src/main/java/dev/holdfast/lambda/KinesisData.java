package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;

/** The data of a Kinesis record, which is sent in Base64, as text. */
final class KinesisData {
  private static final String DATA = "data";

  private KinesisData() {}

  static JsonNode decoded(JsonNode event) {
    JsonNode readable = event.deepCopy();
    if (readable.path("kinesis") instanceof ObjectNode record && record.path(DATA).isTextual()) {
      record.put(DATA, text(record.path(DATA).textValue()));
    }
    return readable;
  }

  private static String text(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException("'data' of a Kinesis record must be Base64, got other text");
    }
  }
}
