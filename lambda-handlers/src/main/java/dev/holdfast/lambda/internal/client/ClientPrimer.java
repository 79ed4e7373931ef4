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
 * Primer that loads the classes of the first lock before a snapshot or while a function
 * initializes.
 *
 * <p>It acquires and releases a lock with a stub HTTP client, so it opens no connection. It keeps
 * no state: random sources, clocks and observations belong to a lock client that is discarded.
 */
public final class ClientPrimer {
  private static final Logger LOG = LoggerFactory.getLogger(LogContext.LOGGER_NAME);
  private static final int HTTP_OK = 200;
  private static final byte[] EMPTY_JSON = "{}".getBytes(UTF_8);

  private ClientPrimer() {}

  /**
   * Primes in a daemon thread, in parallel to the rest of the cold start. Errors are logged at
   * debug level only, because the first lock reports them again.
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
      LOG.debug("outcome=priming_failed", e);
    }
  }

  /** Primes in the current thread. */
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

  /** HTTP client that answers every request with an empty success and sends none. */
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
          // no request is sent
        }
      };
    }

    @Override
    public void close() {
      // no connection is open
    }
  }
}
