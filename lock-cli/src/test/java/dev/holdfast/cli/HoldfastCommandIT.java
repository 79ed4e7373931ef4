package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.cli.CliProcess.Result;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Runs each command in a separate process, against DynamoDB Local. */
class HoldfastCommandIT {
  private static LocalDynamoDb server;
  private static DynamoDbClient client;
  private static CliProcess cli;

  @BeforeAll
  static void startServer() {
    server = LocalDynamoDb.start();
    client = server.client();
    cli = CliProcess.forEndpoint(server.endpoint());
  }

  @AfterAll
  static void stopServer() {
    client.close();
    server.close();
  }

  private static JsonNode json(Result result) throws Exception {
    return new ObjectMapper().readTree(result.out());
  }

  /** Uses a lease that does not expire during the test, even on a slow machine. */
  private static LockClient locks(String table) {
    return DynamoDbLockClient.create(client, table).withLeaseDuration(Duration.ofHours(1));
  }

  private static void createTable(String table) throws Exception {
    Result created = cli.run("create-table", table, "--no-deletion-protection");
    assertThat(created.exitCode()).as(created.err()).isZero();
  }

  @Test
  void createTable_createsUsableTable_andIsIdempotent() throws Exception {
    Result first = cli.run("create-table", "made", "--no-deletion-protection");
    assertThat(first.out()).startsWith("created table 'made' (arn:");
    assertThat(first.err()).isEqualTo("creating table 'made'; this takes several seconds");
    assertThat(first.exitCode()).isZero();

    Result again = cli.run("create-table", "made", "--output", "json");
    assertThat(again.exitCode()).isZero();
    assertThat(again.err()).as("progress for an existing table").isEmpty();
    assertThat(json(again).get("created").asBoolean()).isFalse();
    assertThat(json(again).get("table").get("status").asText()).isEqualTo("ACTIVE");

    locks("made").acquire("order-42").close();
  }

  @Test
  void createTable_withNameOfAnotherTable_isRefused() throws Exception {
    server.createTable("customers", "id", ScalarAttributeType.S);
    Result result = cli.run("create-table", "customers");
    assertThat(result.exitCode()).isEqualTo(ExitCode.REFUSED.code());
    assertThat(result.err())
        .isEqualTo(
            "holdfast: table 'customers' is not a lock table, and is left as it is: it has another"
                + " key than lock rows need; choose another name");
  }

  @Test
  void tableOfTheTestkit_isALockTable() throws Exception {
    server.createLockTable("of-the-testkit");
    assertThat(cli.run("list-tables").out()).contains("of-the-testkit");
    Result existing = cli.run("create-table", "of-the-testkit");
    assertThat(existing.out()).startsWith("lock table already exists: 'of-the-testkit'");
    Result deleted = cli.run("delete-table", "of-the-testkit", "--yes");
    assertThat(deleted.exitCode()).as(deleted.err()).isZero();
  }

  @Test
  void listTables_listsLockTablesOfAllPages() throws Exception {
    createTable("listed-1");
    createTable("listed-2");
    server.createTable("of-another-kind", "id", ScalarAttributeType.S);

    Result forPeople = cli.run("list-tables");
    assertThat(forPeople.exitCode()).isZero();
    assertThat(forPeople.out().lines())
        .first()
        .asString()
        .startsWith("NAME")
        .contains("STATUS", "ISSUES");
    assertThat(forPeople.out()).contains("listed-1", "listed-2").doesNotContain("another-kind");

    Result forPrograms = cli.run("list-tables", "--output", "json");
    assertThat(json(forPrograms).findValuesAsText("name")).contains("listed-1", "listed-2");
  }

  @Test
  void locksAndShow_displayHolders() throws Exception {
    createTable("shown");
    LockClient locks = locks("shown").withHolder("ship-orders on host 7");
    try (HeldLock held = locks.acquire("order-42")) {
      locks.acquire("order-43").complete(Duration.ofHours(1));

      Result all = cli.run("locks", "--table", "shown");
      assertThat(all.out()).contains("order-42", "HELD", "ship-orders on host 7");
      assertThat(all.out()).doesNotContain("order-43");

      Result one = cli.withVariable("HOLDFAST_TABLE", "shown").run("show", "order-42");
      assertThat(one.out()).startsWith("order-42: HELD").contains("holder: ship-orders on host 7");

      JsonNode shown = json(cli.run("show", "order-42", "--table=shown", "--output=json"));
      assertThat(shown.get("state").asText()).isEqualTo("HELD");
      assertThat(shown.get("mayBeHeld").asBoolean()).isTrue();
      assertThat(shown.get("fencingToken").asText()).isEqualTo(held.fencingToken().toString());
      assertThat(shown.has("expiresAt")).isFalse();

      JsonNode completed = json(cli.run("show", "order-43", "--table=shown", "--output=json"));
      assertThat(completed.get("state").asText()).isEqualTo("COMPLETED");
      assertThat(completed.has("expiresAt")).isTrue();
    }
    assertThat(cli.run("locks", "--table", "shown").out())
        .isEqualTo("no locks are held in this table");
  }

  @Test
  void controlCharacters_areReplacedInText_andKeptInJson() throws Exception {
    createTable("hostile");
    LockClient locks = locks("hostile").withHolder("worker \u202e7");
    try (HeldLock held = locks.acquire("order\u001b[2J-42")) {
      assertThat(held.isHeld()).isTrue();
      assertThat(cli.run("locks", "--table", "hostile").out())
          .contains("order?[2J-42", "worker  7");
      assertThat(cli.run("show", held.name(), "--table", "hostile").out())
          .startsWith("order?[2J-42: HELD")
          .contains("holder: worker  7");
      JsonNode all = json(cli.run("locks", "--table", "hostile", "--output", "json"));
      assertThat(all.get(0).get("name").asText()).isEqualTo(held.name());
      assertThat(all.get(0).get("holder").asText()).isEqualTo("worker  7");
    }
  }

  @Test
  void unrecognizedRow_isShownWithProblemAndAdvice() throws Exception {
    createTable("mixed");
    client.putItem(
        r -> r.tableName("mixed").item(Map.of("resource_id", AttributeValue.fromS("strange"))));
    assertThat(cli.run("locks", "--table", "mixed").out())
        .contains("strange", "UNRECOGNIZED", "it has no format number");
    assertThat(cli.run("show", "strange", "--table", "mixed").out())
        .startsWith("strange: UNRECOGNIZED")
        .contains("problem: locking leaves this row alone, because it has no format number")
        .contains("advice: use another name or table");
  }

  @Test
  void show_lockWithoutRow_isNotFound() throws Exception {
    createTable("empty");
    Result result = cli.run("show", "order-1", "--table", "empty");
    assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_FOUND.code());
    assertThat(result.err())
        .isEqualTo("holdfast: lock 'order-1' not found: table 'empty' has no row");
  }

  @Test
  void deleteTable_wrongNameEntered_isRefused() throws Exception {
    createTable("kept");
    Result wrong = cli.withInput("keep").run("delete-table", "kept");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.REFUSED.code());
    assertThat(wrong.err()).contains("'kept' was not deleted", "got 'keep'", "--yes");

    Result noAnswer = cli.run("delete-table", "kept");
    assertThat(noAnswer.exitCode()).isEqualTo(ExitCode.REFUSED.code());
    assertThat(client.listTables().tableNames()).contains("kept");

    Result right = cli.withInput("kept").run("delete-table", "kept");
    assertThat(right.exitCode()).as(right.err()).isZero();
    assertThat(right.out()).isEqualTo("deleted table 'kept'");
    assertThat(client.listTables().tableNames()).doesNotContain("kept");
  }

  @Test
  void deleteTable_heldLocks_isRefused_unlessForced() throws Exception {
    createTable("in-use");
    try (HeldLock held = locks("in-use").acquire("order-42")) {
      Result refused = cli.run("delete-table", "in-use", "--yes");
      assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED.code());
      assertThat(refused.err()).startsWith("holdfast: ").contains("in-use");
      assertThat(held.isHeld()).isTrue();

      Result forced = cli.run("delete-table", "in-use", "--yes", "--even-if-held");
      assertThat(forced.exitCode()).as(forced.err()).isZero();
    }
  }

  @Test
  void deleteTable_notALockTable_isRefused() throws Exception {
    server.createTable("orders", "id", ScalarAttributeType.S);
    Result result = cli.run("delete-table", "orders", "--yes", "--even-if-held");
    assertThat(result.exitCode()).isEqualTo(ExitCode.REFUSED.code());
    assertThat(client.listTables().tableNames()).contains("orders");
  }

  @Test
  void missingTable_printsOneLineWithHint() throws Exception {
    Result result = cli.run("locks", "--table", "nowhere");
    assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_FOUND.code());
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).startsWith("holdfast: ").contains("nowhere", ":");
    assertThat(result.out()).isEmpty();
  }
}
