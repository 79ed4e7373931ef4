package dev.holdfast.lambda.internal.json;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.DeserializationFeature;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.ObjectReader;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import dev.holdfast.lambda.error.InvalidEventException;
import java.io.IOException;

/**
 * Reader of JSON trees. It rejects an object that has a field twice, because nothing says which of
 * two ids counts. It keeps every digit of a number.
 */
public final class JsonTreeReader {
  static final ObjectReader TREE_READER =
      Json.MAPPER
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

  private JsonTreeReader() {}

  /**
   * Reads a tree.
   *
   * @throws InvalidEventException if the bytes are not JSON. The message has none of them.
   */
  public static JsonNode read(byte[] json, String description) {
    try {
      return TREE_READER.readTree(json);
    } catch (IOException e) {
      throw Json.unreadableEvent(description, e);
    }
  }
}
