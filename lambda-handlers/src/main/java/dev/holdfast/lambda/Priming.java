package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import java.io.ByteArrayInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Acquires and releases a lock on a table that is not there, before a snapshot is taken or while a
 * function initializes: so that what its first lock needs is loaded by then. No connection is
 * opened, and nothing of it is kept: random draws, clocks and what is known of locks belong to
 * locks that are thrown away.
 */
final class Priming {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
  private static final int OK = 200;
  private static final byte[] DONE = "{}".getBytes(UTF_8);

  private Priming() {}

  /**
   * In a thread of its own, which ends by itself: a cold start has more to do than one thread can.
   * What goes wrong there shows when a lock is needed.
   */
  static void runBeside() {
    Thread thread = new Thread(Priming::runQuietly, "holdfast-priming");
    thread.setDaemon(true);
    thread.start();
  }

  private static void runQuietly() {
    try {
      Json.MAPPER.reader();
      run();
    } catch (RuntimeException | LinkageError e) {
      LOG.debug("priming failed", e);
    }
  }

  static void run() {
    try (DynamoDbClient client = client()) {
      Acquisition acquired = DynamoDbLocks.on(client, "priming").tryAcquire("priming");
      if (acquired instanceof Acquisition.Acquired lock) {
        lock.lock().close();
      }
    }
  }

  private static DynamoDbClient client() {
    return DynamoDbClient.builder()
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("priming", "priming")))
        .httpClient(new Nowhere())
        .build();
  }

  /** Says yes to every request, and sends none. */
  private static final class Nowhere implements SdkHttpClient {

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(OK).build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(DONE)))
              .build();
        }

        @Override
        public void abort() {
          // nothing was sent
        }
      };
    }

    @Override
    public void close() {
      // nothing was opened
    }
  }
}
