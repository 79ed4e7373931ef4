package dev.holdfast.lambda.internal.json;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.DeserializationFeature;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.ObjectReader;
import dev.holdfast.lambda.error.InvalidEventException;
import java.io.IOException;

/** JSON as a tree, in which no field is there twice: of two ids nobody could say which counts. */
public final class JsonTreeReader {
  private static final ObjectReader TREE_READER =
      Json.MAPPER
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private JsonTreeReader() {}

  /**
   * Reads a tree.
   *
   * @throws InvalidEventException if this is no JSON; the message holds nothing of it
   */
  public static JsonNode read(byte[] json, String description) {
    try {
      return TREE_READER.readTree(json);
    } catch (IOException e) {
      throw Json.unreadableEvent(description, e);
    }
  }
}
