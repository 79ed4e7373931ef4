package dev.holdfast.testkit.processes;

import dev.holdfast.testkit.local.LocalDynamoDb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A table, and processes that use it. None of them outlives it, whatever becomes of the test. */
final class Machine implements AutoCloseable {
  private final LocalDynamoDb server = LocalDynamoDb.start();
  private final DynamoDbClient client = server.client();
  private final List<Peer> peers = new CopyOnWriteArrayList<>();

  Machine() {
    server.createLockTable(Holding.TABLE);
    server.createTable(Register.TABLE, Register.KEY, ScalarAttributeType.S);
  }

  LocalDynamoDb server() {
    return server;
  }

  DynamoDbClient client() {
    return client;
  }

  /** A process that holds locks as it is told; not yet ready. */
  Peer holding(String itsOwnName) {
    return started(Peer.start(Holding.class, server.endpoint().toString(), itsOwnName));
  }

  Peer started(Peer peer) {
    peers.add(peer);
    return peer;
  }

  /** When the lease of a lock's row ends, in microseconds. */
  long leaseEnd(String name) {
    Map<String, AttributeValue> key = Map.of("resource_id", AttributeValue.fromS(name));
    Map<String, AttributeValue> row =
        client.getItem(r -> r.tableName(Holding.TABLE).key(key).consistentRead(true)).item();
    AttributeValue expiresAt = row.getOrDefault("expires_at", AttributeValue.fromN("0"));
    return Long.parseLong(expiresAt.n()) * 1_000;
  }

  /** What happens in one lane, one round after the other. */
  interface Lane {
    void run(int lane) throws Exception;
  }

  /** Runs lanes side by side; throws what the first that failed threw. */
  static void sideBySide(int lanes, Lane what) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(lanes);
    List<Future<?>> running = new ArrayList<>();
    try {
      for (int i = 0; i < lanes; i++) {
        int lane = i;
        running.add(
            threads.submit(
                () -> {
                  what.run(lane);
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Override
  public void close() {
    peers.forEach(Peer::close);
    client.close();
    server.close();
  }
}
