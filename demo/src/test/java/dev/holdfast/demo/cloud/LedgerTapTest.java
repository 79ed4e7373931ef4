package dev.holdfast.demo.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.demo.judge.Entry;
import dev.holdfast.demo.judge.History;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.samples.Ledger;
import dev.holdfast.samples.StaleTokenException;
import dev.holdfast.samples.Task;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

final class LedgerTapTest {
  private static final Task PAY = new Task("order-1", "pay", "m-1", Duration.ofMillis(50));
  private static final Task PACK = new Task("order-1", "pack", "m-2", Duration.ofMillis(50));

  @AutoClose private final LocalDynamoDb dynamoDb = LocalDynamoDb.start();
  @AutoClose private final Wire wire = Wire.to(dynamoDb.endpoint());

  @AutoClose
  private final DynamoDbClient client = LocalDynamoDb.clientBuilder(wire.endpoint()).build();

  private final ManualTime time = ManualTime.at(Instant.parse("2026-01-01T00:00:00.000123Z"));
  private final Ledger ledger = new Ledger(client, "ledger", time);
  private final TestContext context = TestContext.at(time);
  private final List<Entry> told = new ArrayList<>();

  @BeforeEach
  void createTable() {
    dynamoDb.createTable("ledger", LedgerTable.KEY, ScalarAttributeType.S);
    wire.tap(new LedgerTap("ledger", (subject, entry) -> told.add(entry)));
  }

  @Test
  void entry_isToldAsItIsInTheLedger() throws InterruptedException {
    ledger.carryOutUnguarded(PAY, context);
    ledger.carryOut(PACK, context, new FencingToken(7));

    List<History> histories = new LedgerTable(client, "ledger").read();
    assertThat(histories).singleElement().extracting(History::entries).isEqualTo(told);
    assertThat(told).extracting(Entry::step).containsExactly("pay", "pay", "pack", "pack");
  }

  @Test
  void refusedWrite_isToldAsTheRefusalOnly() throws InterruptedException {
    ledger.carryOut(PAY, context, new FencingToken(8));
    Assertions.assertThatThrownBy(() -> ledger.carryOut(PACK, context, new FencingToken(7)))
        .isInstanceOf(StaleTokenException.class);
    assertThat(told)
        .extracting(Entry::kind)
        .containsExactly(Entry.Kind.BEGIN, Entry.Kind.END, Entry.Kind.REFUSED);
  }

  @Test
  void writer_doesNotKnowYet() throws InterruptedException {
    List<String> order = new ArrayList<>();
    wire.tap(exchange -> order.add(exchange.operation()));
    ledger.carryOutUnguarded(PAY, context);
    order.add("returned");
    assertThat(order).containsExactly("UpdateItem", "UpdateItem", "returned");
  }
}
