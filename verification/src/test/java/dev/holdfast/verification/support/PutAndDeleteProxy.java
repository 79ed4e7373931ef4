package dev.holdfast.verification.support;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;

/**
 * Base of clients that a host reaches a table through. A subclass implements {@code putItem} and
 * {@code deleteItem}, the two operations of a lock.
 */
public abstract class PutAndDeleteProxy implements DynamoDbClient {
  private final DynamoDbClient table;

  /**
   * Creates a client.
   *
   * @param table the client that it forwards to, which the caller closes
   */
  protected PutAndDeleteProxy(DynamoDbClient table) {
    this.table = table;
  }

  /** Returns the client that this one forwards to. */
  protected final DynamoDbClient table() {
    return table;
  }

  @Override
  public final DynamoDbServiceClientConfiguration serviceClientConfiguration() {
    return table.serviceClientConfiguration();
  }

  @Override
  public final String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public final void close() {}
}
