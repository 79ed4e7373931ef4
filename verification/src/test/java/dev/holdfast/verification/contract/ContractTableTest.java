package dev.holdfast.verification.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.local.LocalDynamoDb;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class ContractTableTest {

  @Test
  void endpoint_hasTableOfItsOwn_whichIsDeletedAtTheEnd() {
    Map<String, AttributeValue> row = Map.of("resource_id", AttributeValue.fromS("contract/one"));
    try (LocalDynamoDb server = LocalDynamoDb.start();
        DynamoDbClient client = server.client()) {
      try (ContractTable first = ContractTable.at("endpoint", server.endpoint());
          ContractTable second = ContractTable.at("endpoint", server.endpoint())) {
        first.put(row);
        assertThat(first.row("contract/one")).contains(row);
        assertThat(second.row("contract/one")).isEmpty();
        assertThat(client.listTables().tableNames()).hasSize(2);
      }
      assertThat(client.listTables().tableNames()).isEmpty();
    }
  }
}
