package dev.holdfast.demo.run;

import dev.holdfast.demo.aws.LocalSqsServer;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The servers that both runs use.
 *
 * @param dynamoDb where the lock tables and the ledgers are
 * @param sqs where the queues are
 * @param functionPackages the functions' classes
 * @param time the clocks
 */
public record LocalInfrastructure(
    LocalDynamoDb dynamoDb, LocalSqsServer sqs, FunctionPackages functionPackages, TimeSource time)
    implements AutoCloseable {

  /**
   * Starts the servers and unpacks the functions.
   *
   * @param samplesZip the zip of the samples
   * @param folder where to unpack it
   * @param time the clocks
   * @return the stage; close it when done
   */
  public static LocalInfrastructure start(Path samplesZip, Path folder, TimeSource time) {
    FunctionPackages functionPackages = FunctionPackages.unpack(samplesZip, folder);
    CompletableFuture<LocalSqsServer> sqs = CompletableFuture.supplyAsync(LocalSqsServer::start);
    LocalDynamoDb dynamoDb = LocalDynamoDb.start();
    try {
      return new LocalInfrastructure(dynamoDb, sqs.join(), functionPackages, time);
    } catch (CompletionException e) {
      dynamoDb.close();
      throw e;
    }
  }

  /** Stops the servers. */
  @Override
  public void close() {
    try (dynamoDb) {
      sqs.close();
    }
  }
}
