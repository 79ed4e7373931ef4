package dev.holdfast.lambda.internal.json;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.core.JsonFactory;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.core.JsonParseException;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.core.JsonParser;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.core.StreamReadConstraints;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.core.StreamReadFeature;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.core.json.JsonReadFeature;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.ArrayNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.BooleanNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.JsonNodeType;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.MissingNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.NullNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.ObjectNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.POJONode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.TextNode;
import dev.holdfast.lambda.error.InvalidEventException;
import java.io.IOException;

/**
 * Reader of JSON trees. It rejects an object that has a field twice, because nothing says which of
 * two ids counts. A number is its JSON text, whatever its size, and is never calculated.
 */
public final class JsonTreeReader {
  private static final JsonFactory FACTORY = factoryBuilder().build();

  /** Factory without Lambda's extensions of JSON, such as comments and single quotes. */
  private static final JsonFactory STRICT_FACTORY = strictFactory();

  private JsonTreeReader() {}

  /**
   * Reads a tree. The {@code asText} of a number is its JSON text; its other methods have no
   * number.
   *
   * @throws InvalidEventException if the bytes are not JSON. The message has none of them.
   */
  public static JsonNode read(byte[] json, String description) {
    try {
      return read(FACTORY, json);
    } catch (IOException e) {
      throw Json.unreadableEvent(description, e);
    }
  }

  /** Reads a tree from JSON without extensions. */
  static JsonNode readStrictly(byte[] json) throws IOException {
    return read(STRICT_FACTORY, json);
  }

  private static JsonFactoryBuilder factoryBuilder() {
    StreamReadConstraints anyNumber =
        StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build();
    return new JsonFactoryBuilder(Json.MAPPER.getFactory())
        .streamReadConstraints(anyNumber)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
  }

  private static JsonFactory strictFactory() {
    JsonFactoryBuilder builder = factoryBuilder();
    for (JsonReadFeature extension : JsonReadFeature.values()) {
      builder.disable(extension);
    }
    return builder.build();
  }

  private static JsonNode read(JsonFactory factory, byte[] json) throws IOException {
    try (JsonParser parser = factory.createParser(json)) {
      if (parser.nextToken() == null) {
        return MissingNode.getInstance();
      }
      JsonNode tree = value(parser);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "text after the end");
      }
      return tree;
    }
  }

  private static JsonNode value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> TextNode.valueOf(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new NumberNode(parser.getText());
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.getInstance();
      default -> throw new JsonParseException(parser, "no value");
    };
  }

  private static ObjectNode object(JsonParser parser) throws IOException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      object.set(name, value(parser));
    }
    return object;
  }

  private static ArrayNode array(JsonParser parser) throws IOException {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    while (!parser.nextToken().isStructEnd()) {
      array.add(value(parser));
    }
    return array;
  }

  /** Number as its JSON text. */
  private static final class NumberNode extends POJONode {
    private static final long serialVersionUID = 1L;

    NumberNode(String json) {
      super(json);
    }

    @Override
    public JsonNodeType getNodeType() {
      return JsonNodeType.NUMBER;
    }
  }
}
