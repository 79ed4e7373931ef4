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
 * What the CDK constructs synthesize, as files: their own tests compare these with the templates,
 * so that what holds for the files holds for what is deployed.
 */
public final class TemplateSnapshots {
  private TemplateSnapshots() {}

  /**
   * A grant's policy.
   *
   * @param file the file's name without its ending
   * @param table the name of the table that it is on
   * @return the policy
   */
  public static IamPolicy policy(String file, String table) {
    return IamPolicy.parse(
        readText(file), Map.of("Locks3E7D824A", AccessRequest.TABLE_ARN_PREFIX + table));
  }

  /**
   * A grant's policy, changed.
   *
   * @param file the file's name without its ending
   * @param table the name of the table that it is on
   * @param text what is taken out of it
   * @param replacement what stands there instead
   * @return the policy
   */
  public static IamPolicy policy(String file, String table, String text, String replacement) {
    String original = readText(file);
    String changed = original.replace(text, replacement);
    if (changed.equals(original)) {
      throw new IllegalArgumentException(file + " has no " + text);
    }
    return IamPolicy.parse(
        changed, Map.of("Locks3E7D824A", AccessRequest.TABLE_ARN_PREFIX + table));
  }

  /**
   * Creates the lock table as it is deployed, but without the time to live, by which DynamoDB Local
   * would delete rows within seconds.
   *
   * @param client a client without a door before it
   * @param name the table's name
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
