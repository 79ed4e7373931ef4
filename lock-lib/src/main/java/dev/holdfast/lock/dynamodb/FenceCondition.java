package dev.holdfast.lock.dynamodb;

import dev.holdfast.lock.FenceRefusedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * What a write requires of an item's fence, from {@link Fence#ifCurrent} or {@link
 * Fence#ifNotNewer}. Added to a request, it is joined to the request's own condition by AND and
 * leaves its placeholders alone; the item is asked for in case of a refusal, so that {@link
 * #refusal} can tell whose condition failed. A put always carries the fence along, since it
 * replaces the whole item.
 *
 * <p>Immutable and thread-safe.
 */
public final class FenceCondition {
  private static final ReturnValuesOnConditionCheckFailure RETURN_ALL_OLD =
      ReturnValuesOnConditionCheckFailure.ALL_OLD;

  private final Fence fence;
  private final FenceMode mode;

  FenceCondition(Fence fence, FenceMode mode) {
    this.fence = fence;
    this.mode = mode;
  }

  /**
   * The pieces by themselves, with the placeholders {@code #holdfast_fence} and {@code
   * :holdfast_fence}.
   *
   * @return condition, assignment, names and values
   */
  public FenceExpression expression() {
    return join(FenceExpressions.NONE);
  }

  /**
   * Adds it to a put, whose item gets the fence.
   *
   * @param put a request
   * @return the same with the condition
   */
  public PutItemRequest applyTo(PutItemRequest put) {
    FenceExpression joined = join(FenceExpressions.of(put));
    return put.toBuilder()
        .item(withFence(put.item()))
        .conditionExpression(joined.condition())
        .expressionAttributeNames(joined.names())
        .expressionAttributeValues(joined.values())
        .returnValuesOnConditionCheckFailure(RETURN_ALL_OLD)
        .build();
  }

  /**
   * Adds it to an update; a blind one also raises the fence.
   *
   * @param update a request, whose expressions do not name the fence
   * @return the same with the condition
   */
  public UpdateItemRequest applyTo(UpdateItemRequest update) {
    FenceExpression joined = join(FenceExpressions.of(update));
    return update.toBuilder()
        .updateExpression(updateExpression(update.updateExpression(), joined))
        .conditionExpression(joined.condition())
        .expressionAttributeNames(joined.names())
        .expressionAttributeValues(joined.values())
        .returnValuesOnConditionCheckFailure(RETURN_ALL_OLD)
        .build();
  }

  /**
   * Adds it to a deletion. The fence is gone with the item: where a stale holder might create it
   * anew, put an item that has the fence alone instead.
   *
   * @param deletion a request
   * @return the same with the condition
   */
  public DeleteItemRequest applyTo(DeleteItemRequest deletion) {
    FenceExpression joined = join(FenceExpressions.of(deletion));
    return deletion.toBuilder()
        .conditionExpression(joined.condition())
        .expressionAttributeNames(joined.names())
        .expressionAttributeValues(joined.values())
        .returnValuesOnConditionCheckFailure(RETURN_ALL_OLD)
        .build();
  }

  /**
   * Adds it to a put of a transaction, whose item gets the fence.
   *
   * @param put a part of a transaction
   * @return the same with the condition
   */
  public Put applyTo(Put put) {
    FenceExpression joined = join(FenceExpressions.of(put));
    return put.toBuilder()
        .item(withFence(put.item()))
        .conditionExpression(joined.condition())
        .expressionAttributeNames(joined.names())
        .expressionAttributeValues(joined.values())
        .returnValuesOnConditionCheckFailure(RETURN_ALL_OLD)
        .build();
  }

  /**
   * Adds it to an update of a transaction; a blind one also raises the fence.
   *
   * @param update a part of a transaction, whose expressions do not name the fence
   * @return the same with the condition
   */
  public Update applyTo(Update update) {
    FenceExpression joined = join(FenceExpressions.of(update));
    return update.toBuilder()
        .updateExpression(updateExpression(update.updateExpression(), joined))
        .conditionExpression(joined.condition())
        .expressionAttributeNames(joined.names())
        .expressionAttributeValues(joined.values())
        .returnValuesOnConditionCheckFailure(RETURN_ALL_OLD)
        .build();
  }

  /**
   * Adds it to a deletion of a transaction; the fence is gone with the item.
   *
   * @param deletion a part of a transaction
   * @return the same with the condition
   */
  public Delete applyTo(Delete deletion) {
    FenceExpression joined = join(FenceExpressions.of(deletion));
    return deletion.toBuilder()
        .conditionExpression(joined.condition())
        .expressionAttributeNames(joined.names())
        .expressionAttributeValues(joined.values())
        .returnValuesOnConditionCheckFailure(RETURN_ALL_OLD)
        .build();
  }

  /**
   * Adds it to a check of a transaction, of an item that is read and not written.
   *
   * @param check a part of a transaction
   * @return the same with the condition
   */
  public ConditionCheck applyTo(ConditionCheck check) {
    FenceExpression joined = join(FenceExpressions.of(check));
    return check.toBuilder()
        .conditionExpression(joined.condition())
        .expressionAttributeNames(joined.names())
        .expressionAttributeValues(joined.values())
        .returnValuesOnConditionCheckFailure(RETURN_ALL_OLD)
        .build();
  }

  private FenceExpression join(FenceExpressions callerExpressions) {
    return callerExpressions.join(mode, fence);
  }

  private Map<String, AttributeValue> withFence(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> fenced = new HashMap<>(item);
    fenced.put(fence.attribute(), fence.value());
    return fenced;
  }

  private @Nullable String updateExpression(@Nullable String update, FenceExpression joined) {
    return mode == FenceMode.IF_CURRENT
        ? update
        : FenceExpressions.addAssignment(joined.assignment(), update);
  }

  /**
   * Makes one call of your client, and says so where it was the fence that refused.
   *
   * @param call sends a request to which this was added
   * @param <T> what the call returns
   * @return what the call returned
   * @throws FenceRefusedException if the fence refused: nothing was written
   * @throws ConditionalCheckFailedException if your own condition refused
   */
  public <T> T send(Supplier<T> call) {
    try {
      return call.get();
    } catch (ConditionalCheckFailedException e) {
      throw refusal(e).<RuntimeException>map(refusal -> refusal).orElse(e);
    }
  }

  /**
   * Whether it was the fence that refused a write.
   *
   * @param e from a request to which this was added
   * @return the refusal, or nothing where your own condition refused
   */
  public Optional<FenceRefusedException> refusal(ConditionalCheckFailedException e) {
    return new FenceRefusalCheck(fence, mode).refusal(e.item());
  }

  /**
   * Whether it was the fence that refused a part of a transaction.
   *
   * @param reason the reason at the place of a part to which this was added
   * @return the refusal, or nothing where that part was not refused, or your own condition refused
   */
  public Optional<FenceRefusedException> refusal(CancellationReason reason) {
    return Fence.isConditionFailure(reason)
        ? new FenceRefusalCheck(fence, mode).refusal(reason.item())
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "FenceCondition[" + expression().condition() + ", " + fence + "]";
  }
}
