package dev.holdfast.lambda;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.DeserializationFeature;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;

/** JSON as a tree, in which no field is there twice: of two ids nobody could say which counts. */
final class JsonTree {
  private static final ObjectReader TREES =
      Json.MAPPER
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private JsonTree() {}

  /**
   * Reads a tree.
   *
   * @throws InvalidEventException if this is no JSON; the message holds nothing of it
   */
  static JsonNode read(byte[] json, String what) {
    try {
      return TREES.readTree(json);
    } catch (IOException e) {
      throw Json.unreadable(what, e);
    }
  }
}
