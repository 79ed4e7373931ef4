package dev.holdfast.lock.dynamodb.admin;

import dev.holdfast.lock.dynamodb.LockItems;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Pages of a scan for rows that may block somebody, each read when it is asked for. */
final class Pages implements Iterator<ScanResponse> {
  private final DynamoDbClient client;
  private final LockItems items;
  private @Nullable ScanResponse last;

  Pages(DynamoDbClient client, LockItems items) {
    this.client = client;
    this.items = items;
  }

  @Override
  public boolean hasNext() {
    return last == null || last.hasLastEvaluatedKey();
  }

  @Override
  public ScanResponse next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the table was read to its end");
    }
    ScanResponse page = Calls.about(items.table()).run("Scan", this::scan);
    last = page;
    return page;
  }

  private ScanResponse scan() {
    Map<String, AttributeValue> after = last == null ? null : last.lastEvaluatedKey();
    return client.scan(
        items.blocking().exclusiveStartKey(after).overrideConfiguration(Calls.BOUNDED).build());
  }
}
