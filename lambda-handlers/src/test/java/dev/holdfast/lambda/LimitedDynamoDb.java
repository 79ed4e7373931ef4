package dev.holdfast.lambda;

import dev.holdfast.policy.DeployedFiles;
import dev.holdfast.policy.IamPolicy;
import dev.holdfast.testkit.local.LocalDynamoDb;
import dev.holdfast.testkit.wire.FaultProxy;
import java.net.URI;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** DynamoDB Local with lock tables, behind a door that lets through what a policy allows. */
final class LimitedDynamoDb implements AutoCloseable {
  private static final String TABLE = "locks";

  private final LocalDynamoDb server;
  private final FaultProxy door;

  private LimitedDynamoDb(LocalDynamoDb server, FaultProxy door) {
    this.server = server;
    this.door = door;
  }

  /** With the table "locks", and the policy that functions are deployed with. */
  static LimitedDynamoDb start() {
    return start(DeployedFiles.policy("locking", TABLE));
  }

  /** With the deployed policy, of a table of another name. */
  static LimitedDynamoDb allowing(String table) {
    return start(DeployedFiles.policy("locking", table));
  }

  /** With another policy. */
  static LimitedDynamoDb start(IamPolicy policy) {
    LocalDynamoDb server = LocalDynamoDb.start();
    try (DynamoDbClient unlimited = server.client()) {
      DeployedFiles.createTable(unlimited, TABLE);
    }
    return new LimitedDynamoDb(server, FaultProxy.inFrontOf(server.endpoint(), policy::denied));
  }

  /** The door, for functions. */
  URI endpoint() {
    return door.endpoint();
  }

  /** A client that comes through the door. */
  DynamoDbClient limited() {
    return LocalDynamoDb.clientBuilder(endpoint()).build();
  }

  /** A client that comes past the door, for what tests look at. */
  DynamoDbClient client() {
    return server.client();
  }

  @Override
  public void close() {
    door.close();
    server.close();
  }
}
