package dev.holdfast.lock.admin;

import dev.holdfast.lock.internal.dynamodb.LockRows;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Pages of a scan for rows that may block somebody, each read when it is asked for. */
final class ScanPages implements Iterator<ScanResponse> {
  private final DynamoDbClient client;
  private final LockRows lockRows;
  private @Nullable ScanResponse last;

  ScanPages(DynamoDbClient client, LockRows lockRows) {
    this.client = client;
    this.lockRows = lockRows;
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
    ScanResponse page = SdkCalls.forTable(lockRows.table()).run("Scan", this::scan);
    last = page;
    return page;
  }

  private ScanResponse scan() {
    Map<String, AttributeValue> after = last == null ? null : last.lastEvaluatedKey();
    return client.scan(
        lockRows
            .scanBlocking()
            .exclusiveStartKey(after)
            .overrideConfiguration(SdkCalls.WITH_TIMEOUT)
            .build());
  }
}
