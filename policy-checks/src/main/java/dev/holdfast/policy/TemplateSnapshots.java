package dev.holdfast.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/**
 * Snapshots of the synthesized lock table and policies. The tests of the CDK constructs compare
 * them with the templates, so tests that use the snapshots use the deployed table and policies.
 */
public final class TemplateSnapshots {
  private TemplateSnapshots() {}

  /**
   * Returns the policy of a grant.
   *
   * @param file the file name without its extension
   * @param table the name of the table
   * @return the policy
   */
  public static IamPolicy policy(String file, String table) {
    return IamPolicy.parse(
        readText(file), Map.of("Locks3E7D824A", AccessRequest.TABLE_ARN_PREFIX + table));
  }

  /**
   * Returns the policy of a grant after a text replacement.
   *
   * @param file the file name without its extension
   * @param table the name of the table
   * @param text the text to replace
   * @param replacement the new text
   * @return the policy
   */
  public static IamPolicy policy(String file, String table, String text, String replacement) {
    String original = readText(file);
    String changed = original.replace(text, replacement);
    if (changed.equals(original)) {
      throw new IllegalArgumentException(
          file + ".json must contain the text to replace, got: " + text);
    }
    return IamPolicy.parse(
        changed, Map.of("Locks3E7D824A", AccessRequest.TABLE_ARN_PREFIX + table));
  }

  /**
   * Creates the lock table with the deployed settings, except time to live. DynamoDB Local would
   * delete expired rows within seconds.
   *
   * @param client a client without a policy proxy
   * @param name the table name
   */
  public static void createTable(DynamoDbClient client, String name) {
    JsonNode table = readJson("lock-table");
    List<AttributeDefinition> attributes = new ArrayList<>();
    table
        .path("AttributeDefinitions")
        .forEach(
            a ->
                attributes.add(
                    AttributeDefinition.builder()
                        .attributeName(a.path("AttributeName").asText())
                        .attributeType(a.path("AttributeType").asText())
                        .build()));
    List<KeySchemaElement> keys = new ArrayList<>();
    table
        .path("KeySchema")
        .forEach(
            k ->
                keys.add(
                    KeySchemaElement.builder()
                        .attributeName(k.path("AttributeName").asText())
                        .keyType(k.path("KeyType").asText())
                        .build()));
    client.createTable(
        r ->
            r.tableName(name)
                .attributeDefinitions(attributes)
                .keySchema(keys)
                .billingMode(table.path("BillingMode").asText()));
  }

  private static JsonNode readJson(String file) {
    try {
      return new ObjectMapper().readTree(readText(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  private static String readText(String file) {
    try (InputStream in = TemplateSnapshots.class.getResourceAsStream(file + ".json")) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
