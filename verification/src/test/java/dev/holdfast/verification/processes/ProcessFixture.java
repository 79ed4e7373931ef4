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

/**
 * A table, and processes that use it. {@link #close()} ends all processes, whatever the result of
 * the test.
 */
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

  /** Starts a process that executes commands. The process is not ready yet. */
  JvmProcess startHolder(String lockName) {
    return register(JvmProcess.start(HolderProcess.class, server.endpoint().toString(), lockName));
  }

  JvmProcess register(JvmProcess process) {
    processes.add(process);
    return process;
  }

  /** Returns the end of the lease in a lock's row, in microseconds. */
  long leaseEndMicros(String name) {
    Map<String, AttributeValue> key = Map.of("resource_id", AttributeValue.fromS(name));
    Map<String, AttributeValue> row =
        client.getItem(r -> r.tableName(HolderProcess.TABLE).key(key).consistentRead(true)).item();
    AttributeValue expiresAt = row.getOrDefault("expires_at", AttributeValue.fromN("0"));
    return Long.parseLong(expiresAt.n()) * 1_000;
  }

  /** One of several tasks that run in parallel. */
  interface ParallelTask {
    void run(int index) throws Exception;
  }

  /** Runs tasks in parallel. Throws the exception of the first task that failed. */
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
