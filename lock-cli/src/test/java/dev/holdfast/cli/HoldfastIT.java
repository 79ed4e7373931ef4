package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.cli.Run.Ended;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Each command in a process of its own, against DynamoDB Local. */
class HoldfastIT {
  private static LocalDynamoDb server;
  private static DynamoDbClient client;
  private static Run run;

  @BeforeAll
  static void startServer() {
    server = LocalDynamoDb.start();
    client = server.client();
    run = Run.against(server.endpoint());
  }

  @AfterAll
  static void stopServer() {
    client.close();
    server.close();
  }

  private static JsonNode json(Ended ended) throws Exception {
    return new ObjectMapper().readTree(ended.out());
  }

  /** Commands on a busy machine take their time: no lease ends before they look. */
  private static Locks locks(String table) {
    return DynamoDbLocks.on(client, table).withLease(Duration.ofHours(1));
  }

  private static void create(String table) throws Exception {
    Ended created = run.holdfast("create-table", table, "--no-deletion-protection");
    assertThat(created.exitCode()).as(created.err()).isZero();
  }

  @Test
  void createdTable_canBeLocked_andIsThere_whenItIsCreatedAgain() throws Exception {
    Ended first = run.holdfast("create-table", "made", "--no-deletion-protection");
    assertThat(first.out()).startsWith("created table 'made' (arn:");
    assertThat(first.exitCode()).isZero();

    Ended again = run.holdfast("create-table", "made", "--output", "json");
    assertThat(again.exitCode()).isZero();
    assertThat(json(again).get("created").asBoolean()).isFalse();
    assertThat(json(again).get("table").get("status").asText()).isEqualTo("ACTIVE");

    locks("made").acquire("order-42").close();
  }

  @Test
  void listedTables_areLockTables_ofAllPages() throws Exception {
    create("listed-1");
    create("listed-2");
    server.createTable("of-another-kind", "id", ScalarAttributeType.S);

    Ended forPeople = run.holdfast("list-tables");
    assertThat(forPeople.exitCode()).isZero();
    assertThat(forPeople.out().lines())
        .first()
        .asString()
        .startsWith("NAME")
        .contains("STATUS", "DIFFERS IN");
    assertThat(forPeople.out()).contains("listed-1", "listed-2").doesNotContain("another-kind");

    Ended forPrograms = run.holdfast("list-tables", "--output", "json");
    assertThat(json(forPrograms).findValuesAsText("name")).contains("listed-1", "listed-2");
  }

  @Test
  void locks_andShow_tellWhoHoldsWhat() throws Exception {
    create("shown");
    Locks locks = locks("shown").withHolder("ship-orders on host 7");
    try (HeldLock held = locks.acquire("order-42")) {
      locks.acquire("order-43").complete(Duration.ofHours(1));

      Ended all = run.holdfast("locks", "--table", "shown");
      assertThat(all.out()).contains("order-42", "HELD", "ship-orders on host 7");
      assertThat(all.out()).doesNotContain("order-43");

      Ended one = run.with("HOLDFAST_TABLE", "shown").holdfast("show", "order-42");
      assertThat(one.out()).startsWith("order-42: HELD").contains("holder: ship-orders on host 7");

      JsonNode shown = json(run.holdfast("show", "order-42", "--table=shown", "--output=json"));
      assertThat(shown.get("state").asText()).isEqualTo("HELD");
      assertThat(shown.get("mayBeHeld").asBoolean()).isTrue();
      assertThat(shown.get("fencingToken").asText()).isEqualTo(held.fencingToken().toString());
      assertThat(shown.has("until")).isFalse();

      JsonNode done = json(run.holdfast("show", "order-43", "--table=shown", "--output=json"));
      assertThat(done.get("state").asText()).isEqualTo("DONE");
    }
    assertThat(run.holdfast("locks", "--table", "shown").out())
        .isEqualTo("nobody holds a lock in this table");
  }

  @Test
  void textFromATable_movesNoCursor_butProgramsGetItAsItIs() throws Exception {
    create("hostile");
    Locks locks = locks("hostile").withHolder("worker \u202e7");
    try (HeldLock held = locks.acquire("order\u001b[2J-42")) {
      assertThat(held.isHeld()).isTrue();
      assertThat(run.holdfast("locks", "--table", "hostile").out())
          .contains("order?[2J-42", "worker ?7");
      assertThat(run.holdfast("show", held.name(), "--table", "hostile").out())
          .startsWith("order?[2J-42: HELD")
          .contains("holder: worker ?7");
      JsonNode all = json(run.holdfast("locks", "--table", "hostile", "--output", "json"));
      assertThat(all.get(0).get("name").asText()).isEqualTo(held.name());
      assertThat(all.get(0).get("holder").asText()).isEqualTo("worker \u202e7");
    }
  }

  @Test
  void lockWithoutARow_isNotThere() throws Exception {
    create("empty");
    Ended ended = run.holdfast("show", "order-1", "--table", "empty");
    assertThat(ended.exitCode()).isEqualTo(ExitCode.NOT_THERE.number());
    assertThat(ended.err()).isEqualTo("holdfast: nobody holds 'order-1': table 'empty' has no row");
  }

  @Test
  void deletion_asksForTheName_andTakesNoOther() throws Exception {
    create("kept");
    Ended wrong = run.answering("keep").holdfast("delete-table", "kept");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.REFUSED.number());
    assertThat(wrong.err()).contains("'kept' was not deleted", "the answer was 'keep'", "--yes");

    Ended nobody = run.holdfast("delete-table", "kept");
    assertThat(nobody.exitCode()).isEqualTo(ExitCode.REFUSED.number());
    assertThat(client.listTables().tableNames()).contains("kept");

    Ended right = run.answering("kept").holdfast("delete-table", "kept");
    assertThat(right.exitCode()).as(right.err()).isZero();
    assertThat(right.out()).isEqualTo("deleted table 'kept'");
    assertThat(client.listTables().tableNames()).doesNotContain("kept");
  }

  @Test
  void deletion_refusesHeldLocks_unlessTold() throws Exception {
    create("in-use");
    try (HeldLock held = locks("in-use").acquire("order-42")) {
      Ended refused = run.holdfast("delete-table", "in-use", "--yes");
      assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED.number());
      assertThat(refused.err()).startsWith("holdfast: ").contains("in-use");
      assertThat(held.isHeld()).isTrue();

      Ended told = run.holdfast("delete-table", "in-use", "--yes", "--even-if-held");
      assertThat(told.exitCode()).as(told.err()).isZero();
    }
  }

  @Test
  void deletion_refusesATableOfAnotherKind() throws Exception {
    server.createTable("orders", "id", ScalarAttributeType.S);
    Ended ended = run.holdfast("delete-table", "orders", "--yes", "--even-if-held");
    assertThat(ended.exitCode()).isEqualTo(ExitCode.REFUSED.number());
    assertThat(client.listTables().tableNames()).contains("orders");
  }

  @Test
  void missingTable_isOneSentenceWithAHint() throws Exception {
    Ended ended = run.holdfast("locks", "--table", "nowhere");
    assertThat(ended.exitCode()).isEqualTo(ExitCode.NOT_THERE.number());
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.err()).startsWith("holdfast: ").contains("nowhere", ":");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void serverThatDoesNotAnswer_isOneSentenceWithAHint() throws Exception {
    URI nobody = URI.create("http://127.0.0.1:9");
    Ended ended = run.holdfast("list-tables", "--endpoint-url", nobody.toString());
    assertThat(ended.exitCode()).isEqualTo(ExitCode.UNUSABLE.number());
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.err()).startsWith("holdfast: ").doesNotContain("Exception");
  }

  @Test
  void noRegion_isOneSentenceWithAHint() throws Exception {
    Ended ended = run.without("AWS_REGION").holdfast("list-tables");
    assertThat(ended.exitCode()).isEqualTo(ExitCode.UNUSABLE.number());
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.err()).contains("region", "--region");
    Ended given = run.without("AWS_REGION").holdfast("list-tables", "--region", "us-east-1");
    assertThat(given.exitCode()).as(given.err()).isZero();
  }

  @Test
  void noCredentials_isOneSentenceWithAHint() throws Exception {
    Ended ended = run.without("AWS_ACCESS_KEY_ID").holdfast("list-tables");
    assertThat(ended.exitCode()).isEqualTo(ExitCode.UNUSABLE.number());
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.err()).contains("credentials");
  }
}
