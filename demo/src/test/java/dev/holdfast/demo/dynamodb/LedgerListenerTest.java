package dev.holdfast.demo.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.demo.checker.History;
import dev.holdfast.demo.checker.LedgerEntry;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.samples.Ledger;
import dev.holdfast.samples.StaleTokenException;
import dev.holdfast.samples.Task;
import dev.holdfast.testkit.ManualClock;
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

final class LedgerListenerTest {
  private static final Task PAY = new Task("order-1", "pay", "m-1", Duration.ofMillis(50));
  private static final Task PACK = new Task("order-1", "pack", "m-2", Duration.ofMillis(50));

  @AutoClose private final LocalDynamoDb dynamoDb = LocalDynamoDb.start();
  @AutoClose private final DynamoDbProxy proxy = DynamoDbProxy.start(dynamoDb.endpoint());

  @AutoClose
  private final DynamoDbClient client = LocalDynamoDb.clientBuilder(proxy.endpoint()).build();

  private final ManualClock time = ManualClock.at(Instant.parse("2026-01-01T00:00:00.000123Z"));
  private final Ledger ledger = new Ledger(client, "ledger", time);
  private final TestContext context = TestContext.at(time);
  private final List<LedgerEntry> received = new ArrayList<>();

  @BeforeEach
  void createTable() {
    dynamoDb.createTable("ledger", LedgerReader.PARTITION_KEY, ScalarAttributeType.S);
    proxy.addListener(new LedgerListener("ledger", (subject, entry) -> received.add(entry)));
  }

  @Test
  void append_entry_isReceivedAsStoredInLedger() throws InterruptedException {
    ledger.executeUnguarded(PAY, context);
    ledger.execute(PACK, context, new FencingToken(7));

    List<History> histories = new LedgerReader(client, "ledger").read();
    assertThat(histories).singleElement().extracting(History::entries).isEqualTo(received);
    assertThat(received)
        .extracting(LedgerEntry::step)
        .containsExactly("pay", "pay", "pack", "pack");
  }

  @Test
  void append_rejectedWrite_isReceivedAsRejectionOnly() throws InterruptedException {
    ledger.execute(PAY, context, new FencingToken(8));
    Assertions.assertThatThrownBy(() -> ledger.execute(PACK, context, new FencingToken(7)))
        .isInstanceOf(StaleTokenException.class);
    assertThat(received)
        .extracting(LedgerEntry::kind)
        .containsExactly(LedgerEntry.Kind.START, LedgerEntry.Kind.END, LedgerEntry.Kind.REJECTED);
  }

  @Test
  void append_listener_isNotifiedBeforeWriterReturns() throws InterruptedException {
    List<String> order = new ArrayList<>();
    proxy.addListener(exchange -> order.add(exchange.operation()));
    ledger.executeUnguarded(PAY, context);
    order.add("returned");
    assertThat(order).containsExactly("UpdateItem", "UpdateItem", "returned");
  }
}
