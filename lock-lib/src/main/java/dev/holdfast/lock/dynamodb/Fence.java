package dev.holdfast.lock.dynamodb;

import static dev.holdfast.lock.internal.dynamodb.RowAttribute.FORMAT;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.NONCE;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.RESOURCE_ID;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.STATE;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.TOKEN;

import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.dynamodb.FenceRefusedException.Reason;
import dev.holdfast.lock.internal.dynamodb.RowAttribute;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.text.LogText;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Fence that stops a stale holder at your own items: a number in the item that only rises. {@link
 * #advance} sets it to the holder's token and returns the item. The writes that follow require that
 * the fence still has that value.
 *
 * <pre>{@code
 * Fence fence = Fence.of(lease);
 * Map<String, AttributeValue> order = fence.advance(client, "orders", key);
 * FenceCondition current = fence.ifCurrent();
 * current.send(() -> client.updateItem(r -> r
 *     .tableName("orders")
 *     .key(key)
 *     .updateExpression("SET #left = :left")                        // computed from the order
 *     .conditionExpression(current.condition())
 *     .expressionAttributeNames(current.names(Map.of("#left", "left")))
 *     .expressionAttributeValues(current.values(Map.of(":left", left)))
 *     .returnValuesOnConditionCheckFailure(ALL_OLD)));
 * }</pre>
 *
 * <p>The order matters: an earlier holder cannot change what is read after the advance. A later
 * holder advances the fence further before it reads, and from then on this holder's writes are
 * refused. So no update between two holders is lost, regardless of clocks.
 *
 * <p>The fence does not check the lease, since it does not depend on it: a holder whose lease has
 * expired is refused as soon as another holder has advanced the fence. Call {@link
 * Lease#ensureHeld} to stop earlier. A fence orders holders and not the writes of one holder, and a
 * deleted item has no fence.
 *
 * <p>Immutable and thread-safe.
 */
public final class Fence {
  /** Default attribute of your items that contains the fence. */
  public static final String ATTRIBUTE = "fence";

  private static final String LOCK_CHECK =
      "#format = :format AND #nonce = :nonce AND #state = :held";
  private static final String CONDITION_FAILED = "ConditionalCheckFailed";

  private final String name;
  private final FencingToken token;
  private final @Nullable String nonce;
  private final String attribute;

  private Fence(String name, FencingToken token, @Nullable String nonce, String attribute) {
    this.name = Objects.requireNonNull(name, "name");
    this.token = Objects.requireNonNull(token, "token");
    this.nonce = nonce;
    this.attribute = attribute;
  }

  /**
   * Creates the fence of a held lock. Uses its name, fencing token and nonce, and nothing else.
   *
   * @param lease the lock
   * @return a fence in the attribute {@value #ATTRIBUTE}
   * @throws dev.holdfast.lock.LockClosedException if the lock was released before its token was
   *     first read
   */
  public static Fence of(Lease lease) {
    Objects.requireNonNull(lease, "lease");
    return create(lease.name(), lease.fencingToken(), lease.nonce());
  }

  /**
   * Creates the fence of a lock that another process holds, which passed its token on with the
   * work. It has no {@link #lockCheck}.
   *
   * @param name the lock's name
   * @param token its fencing token
   * @return a fence in the attribute {@value #ATTRIBUTE}
   * @throws IllegalArgumentException if the name is empty
   */
  public static Fence of(String name, FencingToken token) {
    return create(name, token, null);
  }

  /**
   * Creates the fence of a lock that another process holds, which passed its token and its nonce on
   * with the work.
   *
   * @param name the lock's name
   * @param token its fencing token
   * @param nonce its nonce, from {@link Lease#nonce}
   * @return a fence in the attribute {@value #ATTRIBUTE}
   * @throws IllegalArgumentException if the name is empty
   */
  public static Fence of(String name, FencingToken token, String nonce) {
    return create(name, token, Objects.requireNonNull(nonce, "nonce"));
  }

  private static Fence create(String name, FencingToken token, @Nullable String nonce) {
    Objects.requireNonNull(name, "name");
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "the fence's lock must have a name, got '': pass the name that the token came with");
    }
    return new Fence(name, token, nonce, ATTRIBUTE);
  }

  /**
   * Returns a fence in another attribute. Each lock that guards the same item needs an attribute of
   * its own, since tokens of different locks cannot be compared.
   *
   * @param attribute a top-level attribute that is not a key; may be a reserved word
   * @return the changed fence
   * @throws IllegalArgumentException if the name is empty
   */
  public Fence attribute(String attribute) {
    Objects.requireNonNull(attribute, "attribute");
    if (attribute.isEmpty()) {
      throw new IllegalArgumentException(
          "the fence's attribute must have a name, got '': name a top-level attribute of your item"
              + " that is no key");
    }
    return new Fence(name, token, nonce, attribute);
  }

  /**
   * Sets the item's fence to this token, unless the fence is higher, and returns the item. Call it
   * before you read. It is one UpdateItem and idempotent, so it may be repeated after a lost reply.
   * A missing item is created with its key and the fence. To refuse a missing item instead, send an
   * update with {@link #ifNotNewer}, a condition of your own and {@code ALL_NEW}.
   *
   * @param client client of the item's table; needs {@code dynamodb:UpdateItem} on it
   * @param table name or ARN of the table of the item, not of the lock table
   * @param key the item's key
   * @return the item after the update, with the fence
   * @throws FenceRefusedException if a later holder has advanced the fence, or it is not a number
   * @throws IllegalArgumentException if the name of the table is not valid, or the key is empty
   * @throws software.amazon.awssdk.core.exception.SdkException as the client throws it
   */
  public Map<String, AttributeValue> advance(
      DynamoDbClient client, String table, Map<String, AttributeValue> key) {
    Objects.requireNonNull(client, "client");
    Objects.requireNonNull(key, "key");
    FenceCondition ifNotNewer = ifNotNewer();
    UpdateItemRequest request =
        UpdateItemRequest.builder()
            .tableName(TableSchema.requireTableName(table))
            .key(requireKey(key))
            .updateExpression("SET " + ifNotNewer.assignment())
            .conditionExpression(ifNotNewer.condition())
            .expressionAttributeNames(ifNotNewer.names(Map.of()))
            .expressionAttributeValues(ifNotNewer.values(Map.of()))
            .returnValues(ReturnValue.ALL_NEW)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    return ifNotNewer.send(() -> client.updateItem(request).attributes());
  }

  private static Map<String, AttributeValue> requireKey(Map<String, AttributeValue> key) {
    if (key.isEmpty()) {
      throw new IllegalArgumentException(
          "an item's key must have one or two attributes, got {}: pass the item's whole key");
    }
    return key;
  }

  /**
   * Returns the condition for each write after {@link #advance}: the fence has this token.
   *
   * @return {@code fence = token}
   */
  public FenceCondition ifCurrent() {
    return new FenceCondition(this, FenceCondition.Mode.IF_CURRENT);
  }

  /**
   * Returns the condition for a single write that depends on no earlier read: no later holder has
   * advanced the fence. The write itself must advance it. It does <em>not</em> protect data that
   * was read before it.
   *
   * @return {@code fence <= token}, or no fence yet
   */
  public FenceCondition ifNotNewer() {
    return new FenceCondition(this, FenceCondition.Mode.IF_NOT_NEWER);
  }

  /**
   * Returns the strongest form: a check for your own transaction, which then succeeds only while
   * the lock's row is held by this hold. The check compares the nonce, since the token in the row
   * may have been raised. It needs {@code dynamodb:ConditionCheckItem} on the lock table; locking
   * alone does not need that permission.
   *
   * @param lockTable name or ARN of the lock table, in the account and Region of the transaction
   * @return the check, to be added to the items of the transaction
   * @throws IllegalArgumentException if the name of the table is not valid
   * @throws IllegalStateException if this fence was created without a nonce
   */
  public ConditionCheck lockCheck(String lockTable) {
    Objects.requireNonNull(lockTable, "lockTable");
    String tableName = TableSchema.requireTableName(lockTable);
    if (nonce == null) {
      throw new IllegalStateException(
          "the check of lock "
              + LogText.quote(name)
              + " needs the nonce of its hold: pass Lease.nonce() to Fence.of");
    }
    Map<String, AttributeValue> values =
        Map.of(
            ":format", number(LockRow.FORMAT),
            ":nonce", AttributeValue.fromS(nonce),
            ":held", AttributeValue.fromS(RowState.HELD.name()));
    return ConditionCheck.builder()
        .tableName(tableName)
        .key(Map.of(RESOURCE_ID.attributeName(), AttributeValue.fromS(name)))
        .conditionExpression(LOCK_CHECK)
        .expressionAttributeNames(
            Stream.of(FORMAT, NONCE, STATE)
                .collect(Collectors.toMap(RowAttribute::placeholder, RowAttribute::attributeName)))
        .expressionAttributeValues(values)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  /**
   * Returns the refusal by the {@link #lockCheck} of a cancelled transaction.
   *
   * @param reason the reason at the position of the check in the transaction
   * @return the refusal, or empty if the check did not fail
   */
  public Optional<FenceRefusedException> lockRefusal(CancellationReason reason) {
    Objects.requireNonNull(reason, "reason");
    if (!isConditionFailure(reason)) {
      return Optional.empty();
    }
    String observed =
        reason.hasItem()
            ? "the lock's row is "
                + attributeText(reason.item(), STATE)
                + " with token "
                + attributeText(reason.item(), TOKEN)
            : "the lock has no row";
    return Optional.of(refusal(Reason.LOCK_LOST, observed));
  }

  private static String attributeText(Map<String, AttributeValue> row, RowAttribute attribute) {
    AttributeValue value = row.get(attribute.attributeName());
    if (value == null) {
      return "nothing";
    }
    return value.n() != null ? value.n() : LogText.escape(String.valueOf(value.s()));
  }

  static boolean isConditionFailure(CancellationReason reason) {
    return CONDITION_FAILED.equals(reason.code());
  }

  FenceRefusedException refusal(Reason reason, String observed) {
    return new FenceRefusedException(name, token, reason, observed);
  }

  String attribute() {
    return attribute;
  }

  FencingToken token() {
    return token;
  }

  AttributeValue value() {
    return number(token.value());
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  @Override
  public String toString() {
    return "Fence["
        + LogText.escape(attribute)
        + " = "
        + token
        + ", lock "
        + LogText.escape(name)
        + "]";
  }
}
