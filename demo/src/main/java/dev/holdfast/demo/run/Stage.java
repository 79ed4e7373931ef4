package dev.holdfast.demo.run;

import dev.holdfast.demo.cloud.QueueServer;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The servers that both runs use.
 *
 * @param dynamoDb where the lock tables and the ledgers are
 * @param queues where the queues are
 * @param code the functions' classes
 * @param time the clocks
 */
public record Stage(LocalDynamoDb dynamoDb, QueueServer queues, Code code, TimeSource time)
    implements AutoCloseable {

  /**
   * Starts the servers and unpacks the functions.
   *
   * @param samplesZip the zip of the samples
   * @param folder where to unpack it
   * @param time the clocks
   * @return the stage; close it when done
   */
  public static Stage set(Path samplesZip, Path folder, TimeSource time) {
    Code code = Code.unpack(samplesZip, folder);
    CompletableFuture<QueueServer> queues = CompletableFuture.supplyAsync(QueueServer::start);
    LocalDynamoDb dynamoDb = LocalDynamoDb.start();
    try {
      return new Stage(dynamoDb, queues.join(), code, time);
    } catch (CompletionException e) {
      dynamoDb.close();
      throw e;
    }
  }

  /** Stops the servers. */
  @Override
  public void close() {
    try (dynamoDb) {
      queues.close();
    }
  }
}
