package dev.holdfast.lambda.internal.metrics;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lambda.fixtures.ParsedJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Validator of the JSON Schema keywords that the tests use. Any other keyword is an error. */
final class JsonSchema {
  private final JsonNode schema;

  private JsonSchema(JsonNode schema) {
    this.schema = schema;
  }

  static JsonSchema load(String resource) {
    try (InputStream json =
        Objects.requireNonNull(JsonSchema.class.getResourceAsStream(resource), resource)) {
      return new JsonSchema(ParsedJson.of(json.readAllBytes()));
    } catch (IOException e) {
      throw new IllegalStateException(resource, e);
    }
  }

  /** Returns the violations of the schema, or an empty list if the value is valid. */
  List<String> violations(JsonNode value) {
    List<String> violations = new ArrayList<>();
    check(schema, value, "", violations);
    return violations;
  }

  private static void check(JsonNode schema, JsonNode value, String path, List<String> violations) {
    Iterator<Map.Entry<String, JsonNode>> keywords = schema.fields();
    while (keywords.hasNext()) {
      Map.Entry<String, JsonNode> keyword = keywords.next();
      if (!isSatisfied(keyword.getKey(), keyword.getValue(), value)) {
        violations.add(path + " " + keyword + ", got " + value);
      }
    }
    value
        .fields()
        .forEachRemaining(
            field -> {
              JsonNode subschema = schema.path("properties").path(field.getKey());
              check(subschema, field.getValue(), path + "/" + field.getKey(), violations);
            });
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      check(schema.path("items"), value.path(i), path + "/" + i, violations);
    }
  }

  private static boolean isSatisfied(String keyword, JsonNode rule, JsonNode value) {
    return switch (keyword) {
      case "$schema", "title", "properties", "items" -> true;
      case "type" -> hasType(rule.asText(), value);
      case "required" -> hasAll(rule, value);
      case "enum" -> isOneOf(rule, value);
      case "minimum" -> value.asLong() >= rule.asLong();
      case "minItems" -> value.size() >= rule.asInt();
      case "maxItems" -> value.size() <= rule.asInt();
      case "minLength" -> value.asText().length() >= rule.asInt();
      case "maxLength" -> value.asText().length() <= rule.asInt();
      case "pattern" -> value.asText().matches(rule.asText());
      default -> throw new IllegalStateException("unsupported keyword: " + keyword);
    };
  }

  private static boolean hasType(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      default -> throw new IllegalStateException("unsupported type: " + type);
    };
  }

  private static boolean hasAll(JsonNode names, JsonNode value) {
    for (JsonNode name : names) {
      if (!value.has(name.asText())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOneOf(JsonNode values, JsonNode value) {
    for (JsonNode allowed : values) {
      if (allowed.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
