package dev.holdfast.lock.dynamodb;

import static dev.holdfast.lock.internal.dynamodb.RowAttribute.FORMAT;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.RESOURCE_ID;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.STATE;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.TOKEN;

import dev.holdfast.lock.FenceRefusedException;
import dev.holdfast.lock.FenceRefusedException.Reason;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.internal.dynamodb.RowAttribute;
import dev.holdfast.lock.internal.dynamodb.RowWriter;
import dev.holdfast.lock.internal.dynamodb.TableName;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.RowState;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Stops a stale holder at your own items: a number in the item, the fence, that only rises. {@link
 * #advance} sets it to the holder's token and returns the item; the writes that follow require that
 * it still stands there.
 *
 * <pre>{@code
 * Fence fence = Fence.of(lease);
 * Map<String, AttributeValue> order = fence.raise(client, "orders", key);
 * UpdateItemRequest sold = ...;                                    // computed from the order
 * FenceCondition raised = fence.raised();
 * raised.send(() -> client.updateItem(raised.addedTo(sold)));
 * }</pre>
 *
 * <p>Why raise comes first: what is read after it cannot be changed any more by an earlier holder.
 * A later holder raises the fence further before it reads, and from then on this one's writes are
 * refused. So of what two holders read, compute and write nothing is lost, whatever clocks say.
 *
 * <p>Nothing here asks whether the lease is still held, since the fence does not need it: a holder
 * whose lease has ended is refused as soon as anybody else has raised. Call {@link
 * Lease#ensureHeld} to stop earlier. A fence orders holders, not the writes of one of them, and a
 * deleted item has none.
 *
 * <p>Immutable and thread-safe.
 */
public final class Fence {
  /** The attribute of your items that holds the fence, unless another is named. */
  public static final String ATTRIBUTE = "fence";

  private static final String LOCK_CHECK =
      "#format = :format AND #token = :token AND #state = :held";
  private static final String CONDITION_FAILED = "ConditionalCheckFailed";

  private final String name;
  private final FencingToken token;
  private final String attribute;

  private Fence(String name, FencingToken token, String attribute) {
    this.name = Objects.requireNonNull(name, "name");
    this.token = Objects.requireNonNull(token, "token");
    this.attribute = attribute;
  }

  /**
   * The fence of a lock that is held. Asks for its fencing token, and for nothing else.
   *
   * @param lease the lock
   * @return a fence in the attribute {@value #ATTRIBUTE}
   * @throws dev.holdfast.lock.LockClosedException if the lock was released before its token was
   *     first asked for
   */
  public static Fence of(Lease lease) {
    return of(lease.name(), lease.fencingToken());
  }

  /**
   * The fence of a lock that somebody else holds, who passed its token on with the work.
   *
   * @param name the lock's name
   * @param token its fencing token
   * @return a fence in the attribute {@value #ATTRIBUTE}
   * @throws IllegalArgumentException if the name is empty
   */
  public static Fence of(String name, FencingToken token) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "the fence's lock must have a name, got '': pass the name that the token came with");
    }
    return new Fence(name, token, ATTRIBUTE);
  }

  /**
   * Keeps the fence in another attribute: one for each lock that guards the same item, since tokens
   * of different locks cannot be compared.
   *
   * @param attribute a top-level attribute that is no key; may be a reserved word
   * @return the changed fence
   * @throws IllegalArgumentException if it is empty
   */
  public Fence attribute(String attribute) {
    if (attribute.isEmpty()) {
      throw new IllegalArgumentException(
          "the fence's attribute must have a name, got '': name a top-level attribute of your item"
              + " that is no key");
    }
    return new Fence(name, token, attribute);
  }

  /**
   * Sets the item's fence to this token unless it is higher, and returns the item: one UpdateItem,
   * before anything is read. Sending it again does the same, so an answer that is lost may be asked
   * for again. A missing item is created, with nothing but its key and the fence; to refuse it
   * instead, send {@link #ifNotNewer} with a condition of your own and {@code ALL_NEW}.
   *
   * @param client where the item is; needs {@code dynamodb:UpdateItem} on its table
   * @param table name or ARN of the table of the item, not the lock table
   * @param key the item's key
   * @return the item as it is now, fence included
   * @throws FenceRefusedException if a later holder has raised it, or it is not a number
   * @throws IllegalArgumentException if the table's name is not one, or the key is empty
   * @throws software.amazon.awssdk.core.exception.SdkException as the client throws it
   */
  public Map<String, AttributeValue> advance(
      DynamoDbClient client, String table, Map<String, AttributeValue> key) {
    UpdateItemRequest request =
        UpdateItemRequest.builder()
            .tableName(TableName.require(table))
            .key(requireKey(key))
            .returnValues(ReturnValue.ALL_NEW)
            .build();
    FenceCondition ifNotNewer = ifNotNewer();
    return ifNotNewer.send(() -> client.updateItem(ifNotNewer.applyTo(request)).attributes());
  }

  private static Map<String, AttributeValue> requireKey(Map<String, AttributeValue> key) {
    if (key.isEmpty()) {
      throw new IllegalArgumentException(
          "an item's key must have one or two attributes, got {}: pass the item's whole key");
    }
    return key;
  }

  /**
   * For each write after {@link #advance}: the fence must stand where it was raised to.
   *
   * @return {@code fence = token}
   */
  public FenceCondition ifCurrent() {
    return new FenceCondition(this, FenceMode.IF_CURRENT);
  }

  /**
   * For a single write that depends on nothing read before: no later holder may have raised the
   * fence, and the write itself raises it. It does <em>not</em> protect what was read before it.
   *
   * @return {@code fence <= token}, or no fence yet
   */
  public FenceCondition ifNotNewer() {
    return new FenceCondition(this, FenceMode.IF_NOT_NEWER);
  }

  /**
   * The strongest form: a part of your own transaction by which it succeeds only while the lock's
   * row is held with this token. Needs {@code dynamodb:ConditionCheckItem} on the lock table, which
   * locking alone does not.
   *
   * @param lockTable name or ARN of the lock table, in the account and Region of the transaction
   * @return the check, to be added to the transaction's items
   * @throws IllegalArgumentException if the table's name is not one
   */
  public ConditionCheck lockCheck(String lockTable) {
    Map<String, AttributeValue> values =
        Map.of(
            ":format", RowWriter.number(LockRow.FORMAT),
            ":token", RowWriter.number(token.value()),
            ":held", RowWriter.string(RowState.HELD.name()));
    return ConditionCheck.builder()
        .tableName(TableName.require(lockTable))
        .key(Map.of(RESOURCE_ID.attributeName(), RowWriter.string(name)))
        .conditionExpression(LOCK_CHECK)
        .expressionAttributeNames(
            Stream.of(FORMAT, TOKEN, STATE)
                .collect(Collectors.toMap(RowAttribute::placeholder, RowAttribute::attributeName)))
        .expressionAttributeValues(values)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  /**
   * What a cancelled transaction says of its {@link #lockCheck}.
   *
   * @param reason the reason at the place of the check in the transaction
   * @return the refusal, or nothing where the check was not what failed
   */
  public Optional<FenceRefusedException> lockRefusal(CancellationReason reason) {
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
    return value.n() != null ? value.n() : String.valueOf(value.s());
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
    return RowWriter.number(token.value());
  }

  @Override
  public String toString() {
    return "Fence[" + attribute + " = " + token + ", lock " + name + "]";
  }
}
