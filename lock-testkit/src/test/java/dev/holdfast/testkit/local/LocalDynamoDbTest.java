package dev.holdfast.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

class LocalDynamoDbTest {
  @Test
  void lockTable_hasLockKey_andOnDemandCapacity() {
    try (LocalDynamoDb server = LocalDynamoDb.start();
        var client = server.client()) {
      server.createLockTable("locks");

      TableDescription table = client.describeTable(r -> r.tableName("locks")).table();
      assertThat(table.keySchema())
          .singleElement()
          .satisfies(k -> assertThat(k.attributeName()).isEqualTo("resource_id"))
          .satisfies(k -> assertThat(k.keyType()).isEqualTo(KeyType.HASH));
      assertThat(table.attributeDefinitions())
          .singleElement()
          .satisfies(a -> assertThat(a.attributeType()).isEqualTo(ScalarAttributeType.S));
      assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    }
  }

  @Test
  void twoServers_doNotShareTables_andBothAreOnLoopback() {
    try (LocalDynamoDb one = LocalDynamoDb.start();
        LocalDynamoDb other = LocalDynamoDb.start();
        var client = other.client()) {
      one.createLockTable("locks");

      assertThat(client.listTables().tableNames()).isEmpty();
      assertThat(one.endpoint().getHost()).isEqualTo("127.0.0.1");
      assertThat(one.endpoint().getPort()).isNotEqualTo(other.endpoint().getPort());
    }
  }

  @Test
  void closedServer_refusesConnections() {
    URI endpoint;
    try (LocalDynamoDb server = LocalDynamoDb.start()) {
      endpoint = server.endpoint();
      connect(endpoint);
    }

    assertThatThrownBy(() -> connect(endpoint)).isInstanceOf(IllegalStateException.class);
  }

  private static void connect(URI endpoint) {
    try (var socket = new Socket()) {
      var address = new InetSocketAddress(endpoint.getHost(), endpoint.getPort());
      socket.connect(address, Math.toIntExact(Duration.ofSeconds(5).toMillis()));
    } catch (IOException e) {
      throw new IllegalStateException("cannot connect to " + endpoint, e);
    }
  }
}
