package dev.holdfast.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lock.dynamodb.TableSchema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

/** The synthesized table has the schema that the library expects. */
final class TableSchemaTest {

  private static JsonNode table;

  @BeforeAll
  static void synthesize() {
    Stack stack = new Stack(new App(), "Stack");
    new LockTable(stack, "Locks");
    table = SynthesizedTemplate.of(stack).onlyResourceProperties("AWS::DynamoDB::Table");
  }

  @Test
  void partitionKey_equalsLibraryKey_andIsOnlyKey() {
    assertThat(table.path("KeySchema")).hasSize(1);
    assertThat(table.at("/KeySchema/0/AttributeName").asText()).isEqualTo(TableSchema.KEY);
    assertThat(table.at("/KeySchema/0/KeyType").asText()).isEqualTo("HASH");
  }

  @Test
  void timeToLiveAttribute_equalsLibraryAttribute() {
    assertThat(table.at("/TimeToLiveSpecification/AttributeName").asText())
        .isEqualTo(TableSchema.TTL);
  }

  @Test
  void tag_equalsLibraryTag() {
    assertThat(table.path("Tags")).hasSize(1);
    assertThat(table.at("/Tags/0/Key").asText()).isEqualTo(TableSchema.TAG);
  }
}
