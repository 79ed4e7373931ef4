package dev.holdfast.lock;

import static java.time.Duration.ofSeconds;

import dev.holdfast.lock.admin.BreakResult;
import dev.holdfast.lock.admin.CreateResult;
import dev.holdfast.lock.admin.DeleteMode;
import dev.holdfast.lock.admin.DeletionProtection;
import dev.holdfast.lock.admin.LockAdmin;
import dev.holdfast.lock.admin.LockTableAdmin;
import dev.holdfast.lock.admin.LockTableDescription;
import dev.holdfast.lock.admin.LockTableRefusedException;
import dev.holdfast.lock.admin.LockVersion;
import dev.holdfast.lock.admin.NewLockTable;
import dev.holdfast.lock.admin.StoredLock;
import dev.holdfast.lock.admin.TableIssue;
import dev.holdfast.lock.admin.TableProperty;
import dev.holdfast.lock.admin.TagStatus;
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

/** Instances of each type of the administration API, created from a row that contains secrets. */
record AdminTypeSamples(String payloadHash, String result, Instant expiresAt) {
  private static final String NONCE = "nonce-that-stays-secret";

  Map<Class<?>, String> all() {
    Map<Class<?>, Object> types = new HashMap<>();
    putTableTypes(types);
    putLockTypes(types);
    Map<Class<?>, String> texts = new HashMap<>();
    types.forEach(
        (type, instance) -> {
          if (!type.isInstance(instance) || instance.toString().contains(NONCE)) {
            throw new AssertionError(type + " shows " + instance);
          }
          texts.put(type, instance.toString());
        });
    return texts;
  }

  private void putTableTypes(Map<Class<?>, Object> types) {
    TableIssue issue = new TableIssue(TableProperty.BILLING_MODE, "on demand", "provisioned");
    LockTableDescription table =
        new LockTableDescription(
            "locks",
            "arn:aws:dynamodb:eu-west-1:1:table/locks",
            "ACTIVE",
            expiresAt,
            DeletionProtection.ENABLED,
            TagStatus.TAGGED,
            List.of(issue));
    types.put(TableProperty.class, TableProperty.BILLING_MODE);
    types.put(TableProperty.Severity.class, TableProperty.BILLING_MODE.severity());
    types.put(TableIssue.class, issue);
    types.put(LockTableDescription.class, table);
    types.put(CreateResult.class, new CreateResult.Created(table));
    types.put(CreateResult.Created.class, new CreateResult.Created(table));
    types.put(CreateResult.AlreadyExists.class, new CreateResult.AlreadyExists(table));
    types.put(DeleteMode.class, DeleteMode.IF_UNUSED);
    types.put(TagStatus.class, TagStatus.TAGGED);
    types.put(DeletionProtection.class, DeletionProtection.ENABLED);
    types.put(NewLockTable.class, NewLockTable.of("locks").tag("team", "shop"));
    LockTableAdmin tables = LockTableAdmin.create(new TableInUse());
    types.put(LockTableAdmin.class, tables);
    LockTableRefusedException refused = refused(tables);
    types.put(LockTableRefusedException.class, refused);
    types.put(LockTableRefusedException.Reason.class, refused.reason());
  }

  private static LockTableRefusedException refused(LockTableAdmin tables) {
    try {
      tables.describeTable("locks");
      throw new AssertionError("not refused");
    } catch (LockTableRefusedException e) {
      return e;
    }
  }

  private void putLockTypes(Map<Class<?>, Object> types) {
    StoredLock.Held held = (StoredLock.Held) find("HELD");
    types.put(StoredLock.class, held);
    types.put(StoredLock.Held.class, held);
    types.put(StoredLock.Free.class, find("FREE"));
    types.put(StoredLock.Completed.class, find("COMPLETED"));
    types.put(StoredLock.Unrecognized.class, find("LOST"));
    types.put(LockVersion.class, held.version());
    types.put(BreakResult.class, new BreakResult.Broken(held));
    types.put(BreakResult.Broken.class, new BreakResult.Broken(held));
    types.put(BreakResult.Changed.class, new BreakResult.Changed(Optional.of(held)));
    types.put(LockAdmin.class, LockAdmin.create(new TableInUse(), "locks"));
  }

  private StoredLock find(String state) {
    long end = expiresAt.toEpochMilli();
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
    return LockAdmin.create(new SingleItem(item), "locks").find("order-1").orElseThrow();
  }

  /** Client of a table with one row. */
  private record SingleItem(Map<String, AttributeValue> item) implements DynamoDbClient {
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

  /** Client of a table that is being changed. */
  private record TableInUse() implements DynamoDbClient {
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
