package dev.holdfast.testkit;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Client that rejects reads, updates, batches and transactions with the name of the operation. The
 * SDK's default methods reject administration other than DescribeTable, without a message.
 */
abstract class PutAndDeleteClient implements DynamoDbClient {
  abstract void onUnsupportedOperation();

  private UnsupportedOperationException unsupported(String operation) {
    onUnsupportedOperation();
    return new UnsupportedOperationException(
        "the simulated table supports PutItem and DeleteItem, got " + operation);
  }

  @Override
  public final GetItemResponse getItem(GetItemRequest request) {
    throw unsupported("GetItem");
  }

  @Override
  public final BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    throw unsupported("BatchGetItem");
  }

  @Override
  public final QueryResponse query(QueryRequest request) {
    throw unsupported("Query");
  }

  @Override
  public final ScanResponse scan(ScanRequest request) {
    throw unsupported("Scan");
  }

  @Override
  public final UpdateItemResponse updateItem(UpdateItemRequest request) {
    throw unsupported("UpdateItem");
  }

  @Override
  public final BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    throw unsupported("BatchWriteItem");
  }

  @Override
  public final TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
    throw unsupported("TransactGetItems");
  }

  @Override
  public final TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    throw unsupported("TransactWriteItems");
  }

  @Override
  public final ExecuteStatementResponse executeStatement(ExecuteStatementRequest request) {
    throw unsupported("ExecuteStatement");
  }

  @Override
  public final BatchExecuteStatementResponse batchExecuteStatement(
      BatchExecuteStatementRequest request) {
    throw unsupported("BatchExecuteStatement");
  }

  @Override
  public final ExecuteTransactionResponse executeTransaction(ExecuteTransactionRequest request) {
    throw unsupported("ExecuteTransaction");
  }

  @Override
  public final DescribeTableResponse describeTable(DescribeTableRequest request) {
    throw unsupported("DescribeTable");
  }
}
