package dev.holdfast.demo.run;

import dev.holdfast.demo.aws.LocalSqsServer;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Servers that both runs share.
 *
 * @param dynamoDb the server of the lock tables and the ledgers
 * @param sqs the server of the queues
 * @param functionPackages the classes of the functions
 * @param time the time source
 */
public record LocalInfrastructure(
    LocalDynamoDb dynamoDb, LocalSqsServer sqs, FunctionPackages functionPackages, TimeSource time)
    implements AutoCloseable {

  /**
   * Starts the servers and unpacks the functions.
   *
   * @param samplesZip the zip of the samples
   * @param folder the target folder for the functions
   * @param time the time source
   * @return the infrastructure; close it when done
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
