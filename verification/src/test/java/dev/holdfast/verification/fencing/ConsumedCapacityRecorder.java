package dev.holdfast.verification.fencing;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Recorder of the capacity that the server reports for the requests of a client. */
final class ConsumedCapacityRecorder implements ExecutionInterceptor {

  /** Capacity of one table in one request. */
  record Cost(String action, String table, double writeUnits) {}

  private final List<Cost> costs = new ArrayList<>();

  List<Cost> costs() {
    return List.copyOf(costs);
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    if (context.request() instanceof UpdateItemRequest update) {
      return update.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build();
    }
    if (context.request() instanceof TransactWriteItemsRequest transaction) {
      return transaction.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build();
    }
    throw new AssertionError("not expected here: " + context.request());
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    if (context.response() instanceof UpdateItemResponse update) {
      addCost("UpdateItem", update.consumedCapacity());
    } else if (context.response() instanceof TransactWriteItemsResponse transaction) {
      transaction.consumedCapacity().forEach(part -> addCost("TransactWriteItems", part));
    }
  }

  private void addCost(String action, ConsumedCapacity capacity) {
    costs.add(new Cost(action, capacity.tableName(), capacity.capacityUnits()));
  }
}
