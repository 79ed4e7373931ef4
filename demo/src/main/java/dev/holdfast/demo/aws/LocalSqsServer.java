package dev.holdfast.demo.aws;

import dev.holdfast.demo.format.TextFormat;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * SQS server in this JVM, on the loopback address and a free port. It implements visibility
 * timeouts, receive counts and dead-letter queues. Thread-safe.
 */
public final class LocalSqsServer implements AutoCloseable {
  private static final int ANY_FREE_PORT = 0;
  private static final int MAX_RECEIVE_COUNT = 5;

  private final SQSRestServer server;
  private final SqsClient client;

  private LocalSqsServer(SQSRestServer server, URI endpoint) {
    this.server = server;
    client =
        SqsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  /**
   * Starts a server without queues.
   *
   * @return the running server; close it when done
   */
  public static LocalSqsServer start() {
    SQSRestServer server =
        SQSRestServerBuilder.withInterface("127.0.0.1").withPort(ANY_FREE_PORT).start();
    int port = server.waitUntilStarted().localAddress().getPort();
    return new LocalSqsServer(server, URI.create("http://127.0.0.1:" + port));
  }

  /**
   * Creates a queue with a dead-letter queue.
   *
   * @param name the name of the queue
   * @param visibilityTimeout the period in which a received message stays invisible
   * @return the queue
   */
  public SqsQueue create(String name, Duration visibilityTimeout) {
    String deadLetterQueueUrl = client.createQueue(r -> r.queueName(name + "-dead")).queueUrl();
    String redrivePolicy =
        TextFormat.format(
            "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}",
            arn(deadLetterQueueUrl), MAX_RECEIVE_COUNT);
    Map<QueueAttributeName, String> attributes =
        Map.of(
            QueueAttributeName.VISIBILITY_TIMEOUT,
            Long.toString(visibilityTimeout.toSeconds()),
            QueueAttributeName.REDRIVE_POLICY,
            redrivePolicy);
    String url = client.createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
    return new SqsQueue(client, url, arn(url));
  }

  private String arn(String url) {
    return client
        .getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
        .attributes()
        .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
  }

  /** Stops the server and discards its queues. */
  @Override
  public void close() {
    client.close();
    server.stopAndWait();
  }
}
