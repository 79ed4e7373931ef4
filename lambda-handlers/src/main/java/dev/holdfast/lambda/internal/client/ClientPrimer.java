package dev.holdfast.lambda.internal.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.lambda.internal.json.Json;
import dev.holdfast.lambda.internal.log.LogContext;
import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
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
public final class ClientPrimer {
  private static final Logger LOG = LoggerFactory.getLogger(LogContext.LOGGER_NAME);
  private static final int HTTP_OK = 200;
  private static final byte[] EMPTY_JSON = "{}".getBytes(UTF_8);

  private ClientPrimer() {}

  /**
   * In a thread of its own, which ends by itself: a cold start has more to do than one thread can.
   * What goes wrong there shows when a lock is needed.
   */
  public static void primeInBackground() {
    Thread thread = new Thread(ClientPrimer::primeQuietly, "holdfast-priming");
    thread.setDaemon(true);
    thread.start();
  }

  private static void primeQuietly() {
    try {
      Json.MAPPER.reader();
      prime();
    } catch (RuntimeException | LinkageError e) {
      LOG.debug("priming failed", e);
    }
  }

  public static void prime() {
    try (DynamoDbClient client = stubClient()) {
      Acquisition acquisition = DynamoDbLockClient.create(client, "priming").tryAcquire("priming");
      if (acquisition instanceof Acquisition.Acquired acquired) {
        acquired.lock().close();
      }
    }
  }

  private static DynamoDbClient stubClient() {
    return DynamoDbClient.builder()
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("priming", "priming")))
        .httpClient(new StubHttpClient())
        .build();
  }

  /** Says yes to every request, and sends none. */
  private static final class StubHttpClient implements SdkHttpClient {

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(HTTP_OK).build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(EMPTY_JSON)))
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
