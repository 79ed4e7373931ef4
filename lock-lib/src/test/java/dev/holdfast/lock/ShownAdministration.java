package dev.holdfast.lock;

import static java.time.Duration.ofSeconds;

import dev.holdfast.lock.dynamodb.LockItems;
import dev.holdfast.lock.dynamodb.admin.Aspect;
import dev.holdfast.lock.dynamodb.admin.Breaking;
import dev.holdfast.lock.dynamodb.admin.Creation;
import dev.holdfast.lock.dynamodb.admin.Difference;
import dev.holdfast.lock.dynamodb.admin.HeldLockRule;
import dev.holdfast.lock.dynamodb.admin.LockTableDescription;
import dev.holdfast.lock.dynamodb.admin.LockTableRefusedException;
import dev.holdfast.lock.dynamodb.admin.LockTables;
import dev.holdfast.lock.dynamodb.admin.Marking;
import dev.holdfast.lock.dynamodb.admin.NewLockTable;
import dev.holdfast.lock.dynamodb.admin.Protection;
import dev.holdfast.lock.dynamodb.admin.Sight;
import dev.holdfast.lock.dynamodb.admin.StoredLock;
import dev.holdfast.lock.dynamodb.admin.StoredLocks;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;

/** One instance of each type of the administration, made from a row with secrets in it. */
record ShownAdministration(String payloadHash, String result, Instant until) {
  private static final String NONCE = "nonce-that-stays-secret";

  Map<Class<?>, String> all() {
    Map<Class<?>, Object> types = new HashMap<>();
    putTables(types);
    putLocks(types);
    Map<Class<?>, String> shown = new HashMap<>();
    types.forEach(
        (type, instance) -> {
          if (!type.isInstance(instance) || instance.toString().contains(NONCE)) {
            throw new AssertionError(type + " shows " + instance);
          }
          shown.put(type, instance.toString());
        });
    return shown;
  }

  private void putTables(Map<Class<?>, Object> types) {
    Difference difference = new Difference(Aspect.BILLING, "on demand", "provisioned");
    LockTableDescription table =
        new LockTableDescription(
            "locks",
            "arn:aws:dynamodb:eu-west-1:1:table/locks",
            "ACTIVE",
            until,
            Protection.ON,
            Marking.TAGGED,
            List.of(difference));
    types.put(Aspect.class, Aspect.BILLING);
    types.put(Aspect.Weight.class, Aspect.BILLING.weight());
    types.put(Difference.class, difference);
    types.put(LockTableDescription.class, table);
    types.put(Creation.class, new Creation.Created(table));
    types.put(Creation.Created.class, new Creation.Created(table));
    types.put(Creation.AlreadyThere.class, new Creation.AlreadyThere(table));
    types.put(HeldLockRule.class, HeldLockRule.REFUSE);
    types.put(Marking.class, Marking.TAGGED);
    types.put(Protection.class, Protection.ON);
    types.put(NewLockTable.class, NewLockTable.named("locks").tag("team", "shop"));
    LockTables tables = LockTables.on(new InUse());
    types.put(LockTables.class, tables);
    LockTableRefusedException refused = refused(tables);
    types.put(LockTableRefusedException.class, refused);
    types.put(LockTableRefusedException.Reason.class, refused.reason());
  }

  private static LockTableRefusedException refused(LockTables tables) {
    try {
      tables.describe("locks");
      throw new AssertionError("not refused");
    } catch (LockTableRefusedException e) {
      return e;
    }
  }

  private void putLocks(Map<Class<?>, Object> types) {
    StoredLock.Held held = (StoredLock.Held) find("HELD");
    types.put(StoredLock.class, held);
    types.put(StoredLock.Held.class, held);
    types.put(StoredLock.Free.class, find("FREE"));
    types.put(StoredLock.Done.class, find("DONE"));
    types.put(StoredLock.Unreadable.class, find("LOST"));
    types.put(Sight.class, held.sight());
    types.put(Breaking.class, new Breaking.Broken(held));
    types.put(Breaking.Broken.class, new Breaking.Broken(held));
    types.put(Breaking.Changed.class, new Breaking.Changed(Optional.of(held)));
    types.put(StoredLocks.class, StoredLocks.on(new InUse(), "locks"));
    types.put(LockItems.class, new LockItems("locks"));
  }

  private StoredLock find(String state) {
    long end = until.toEpochMilli();
    Map<String, AttributeValue> item =
        Map.ofEntries(
            Map.entry("resource_id", AttributeValue.fromS("order-1")),
            Map.entry("format", AttributeValue.fromN("1")),
            Map.entry("state", AttributeValue.fromS(state)),
            Map.entry("nonce", AttributeValue.fromS(NONCE)),
            Map.entry("token", AttributeValue.fromN("7")),
            Map.entry("version", AttributeValue.fromN("2")),
            Map.entry("lease_ms", AttributeValue.fromN("" + ofSeconds(20).toMillis())),
            Map.entry("expires_at", AttributeValue.fromN("" + end)),
            Map.entry("holder", AttributeValue.fromS("other host")),
            Map.entry("acquired_at", AttributeValue.fromN("" + end)),
            Map.entry("payload_hash", AttributeValue.fromS(payloadHash)),
            Map.entry("result", AttributeValue.fromS(result)));
    return StoredLocks.on(new OneItem(item), "locks").find("order-1").orElseThrow();
  }

  /** A table with one row. */
  private record OneItem(Map<String, AttributeValue> item) implements DynamoDbClient {
    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      return GetItemResponse.builder().item(item).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  /** A table that is being changed. */
  private record InUse() implements DynamoDbClient {
    @Override
    public DescribeTableResponse describeTable(DescribeTableRequest request) {
      throw ResourceInUseException.builder()
          .statusCode(400)
          .awsErrorDetails(AwsErrorDetails.builder().errorCode("ResourceInUseException").build())
          .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
