package dev.holdfast.cdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/**
 * Synthesized template of a stack.
 *
 * @param root the template
 */
public record SynthesizedTemplate(JsonNode root) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Synthesizes a stack.
   *
   * @param stack the stack
   * @return the template
   */
  public static SynthesizedTemplate of(Stack stack) {
    return new SynthesizedTemplate(JSON.valueToTree(Template.fromStack(stack).toJSON()));
  }

  /**
   * Parses JSON that a test expects.
   *
   * @param text the JSON
   * @return the parsed value
   */
  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns all resources.
   *
   * @return the resources by logical id, sorted
   */
  public Map<String, JsonNode> resources() {
    Map<String, JsonNode> resources = new TreeMap<>();
    root.path("Resources")
        .fields()
        .forEachRemaining(entry -> resources.put(entry.getKey(), entry.getValue()));
    return resources;
  }

  /**
   * Returns one resource.
   *
   * @param logicalId the logical id
   * @return the resource
   */
  public JsonNode resource(String logicalId) {
    return root.path("Resources").required(logicalId);
  }

  /**
   * Returns the properties of every resource of one type.
   *
   * @param type the type, for example {@code AWS::SQS::Queue}
   * @return the properties by logical id, sorted
   */
  public Map<String, JsonNode> propertiesByLogicalId(String type) {
    Map<String, JsonNode> found = new TreeMap<>();
    resources()
        .forEach(
            (id, resource) -> {
              if (resource.path("Type").asText().equals(type)) {
                found.put(id, resource.path("Properties"));
              }
            });
    return found;
  }

  /**
   * Returns the properties of the only resource of its type.
   *
   * @param type the type
   * @return the properties
   */
  public JsonNode onlyResourceProperties(String type) {
    Map<String, JsonNode> found = propertiesByLogicalId(type);
    if (found.size() != 1) {
      throw new AssertionError("one %s expected, got %s".formatted(type, found.keySet()));
    }
    return found.values().iterator().next();
  }
}
