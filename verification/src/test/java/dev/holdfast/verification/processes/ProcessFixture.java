package dev.holdfast.verification.processes;

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
final class ProcessFixture implements AutoCloseable {
  private final LocalDynamoDb server = LocalDynamoDb.start();
  private final DynamoDbClient client = server.client();
  private final List<JvmProcess> processes = new CopyOnWriteArrayList<>();

  ProcessFixture() {
    server.createLockTable(HolderProcess.TABLE);
    server.createTable(FencedRegister.TABLE, FencedRegister.KEY, ScalarAttributeType.S);
  }

  LocalDynamoDb server() {
    return server;
  }

  DynamoDbClient client() {
    return client;
  }

  /** A process that holds locks as it is told; not yet ready. */
  JvmProcess startHolder(String lockName) {
    return register(JvmProcess.start(HolderProcess.class, server.endpoint().toString(), lockName));
  }

  JvmProcess register(JvmProcess process) {
    processes.add(process);
    return process;
  }

  /** When the lease of a lock's row ends, in microseconds. */
  long leaseEndMicros(String name) {
    Map<String, AttributeValue> key = Map.of("resource_id", AttributeValue.fromS(name));
    Map<String, AttributeValue> row =
        client.getItem(r -> r.tableName(HolderProcess.TABLE).key(key).consistentRead(true)).item();
    AttributeValue expiresAt = row.getOrDefault("expires_at", AttributeValue.fromN("0"));
    return Long.parseLong(expiresAt.n()) * 1_000;
  }

  /** What happens in one lane, one round after the other. */
  interface ParallelTask {
    void run(int index) throws Exception;
  }

  /** Runs lanes side by side; throws what the first that failed threw. */
  static void runInParallel(int parallelism, ParallelTask task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(parallelism);
    List<Future<?>> futures = new ArrayList<>();
    try {
      for (int i = 0; i < parallelism; i++) {
        int index = i;
        futures.add(
            threads.submit(
                () -> {
                  task.run(index);
                  return null;
                }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Override
  public void close() {
    processes.forEach(JvmProcess::close);
    client.close();
    server.close();
  }
}
