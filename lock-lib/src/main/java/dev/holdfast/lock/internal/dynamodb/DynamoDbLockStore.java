package dev.holdfast.lock.internal.dynamodb;

import dev.holdfast.lock.internal.protocol.CallTimeouts;
import dev.holdfast.lock.internal.protocol.LockStore;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** Lock table in DynamoDB. Each write is one request of the SDK's client. */
public final class DynamoDbLockStore implements LockStore {
  private static final String ARN_PATH = ":table/";

  private final DynamoDbClient client;
  private final DynamoDbRequests requests;
  private final SdkErrors sdkErrors;
  private final List<MetricPublisher> publishers;
  private final ServerDate serverDate;

  /**
   * Creates a store on one table. Sends no request.
   *
   * @param client the client; the caller closes it
   * @param table the name or ARN of the table
   */
  public DynamoDbLockStore(DynamoDbClient client, String table) {
    this.client = client;
    this.requests = new DynamoDbRequests(table);
    this.sdkErrors = new SdkErrors(table);
    this.publishers = publishersOf(client);
    this.serverDate = ServerDate.of(client);
  }

  /**
   * Returns the publishers of the client. Those of a request replace them, so a request repeats
   * them.
   */
  private static List<MetricPublisher> publishersOf(DynamoDbClient client) {
    return configurationOf(client)
        .map(DynamoDbServiceClientConfiguration::overrideConfiguration)
        .map(ClientOverrideConfiguration::metricPublishers)
        .orElse(List.of());
  }

  /** Returns the configuration; empty for a client of a test that has none. */
  static Optional<DynamoDbServiceClientConfiguration> configurationOf(DynamoDbClient client) {
    try {
      return Optional.ofNullable(client.serviceClientConfiguration());
    } catch (UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  @Override
  public TimedReply send(Write write, CallTimeouts timeouts) {
    AttemptMetrics attempts = new AttemptMetrics();
    try {
      WriteResponse previous = prepare(write, overrideConfiguration(timeouts, attempts)).get();
      Reply applied =
          new Reply.Applied(RowReader.snapshot(previous.item()), attempts.maybeResent());
      return new TimedReply(applied, serverDate.of(previous.http()));
    } catch (ConditionalCheckFailedException e) {
      return new TimedReply(rejection(write, e, attempts), serverDate.of(e));
    } catch (SdkException e) {
      return new TimedReply(sdkErrors.toFailure(write, e, attempts), serverDate.of(e));
    } catch (RuntimeException e) {
      return new TimedReply(new Reply.Failed(Reply.FailureKind.PERMANENT, true, e), null);
    }
  }

  /** An acquire is rejected by a row only, so its rejection without a row is an error. */
  private Reply rejection(Write write, ConditionalCheckFailedException e, AttemptMetrics attempts) {
    return write instanceof Write.Acquire && !e.hasItem()
        ? sdkErrors.missingRow(e, attempts)
        : new Reply.Rejected(RowReader.snapshot(e.item()), attempts.maybeResent());
  }

  private record WriteResponse(Map<String, AttributeValue> item, @Nullable SdkHttpResponse http) {}

  @Override
  public String tableName() {
    String table = requests.table();
    int path = table.indexOf(ARN_PATH);
    return path < 0 ? table : table.substring(path + ARN_PATH.length());
  }

  /** Builds the request of a write and returns the call that sends it. */
  private Supplier<WriteResponse> prepare(Write write, AwsRequestOverrideConfiguration overrides) {
    return write.<Supplier<WriteResponse>, RuntimeException>fold(
        acquire -> put(requests.acquire(acquire), overrides),
        resume -> put(requests.resume(resume), overrides),
        renew -> put(requests.renew(renew), overrides),
        delete -> delete(requests.delete(delete), overrides),
        restore -> put(requests.restore(restore), overrides),
        end -> put(requests.end(end), overrides));
  }

  private Supplier<WriteResponse> put(
      PutItemRequest.Builder builder, AwsRequestOverrideConfiguration overrides) {
    PutItemRequest request = builder.overrideConfiguration(overrides).build();
    return () -> {
      PutItemResponse response = client.putItem(request);
      return new WriteResponse(response.attributes(), response.sdkHttpResponse());
    };
  }

  private Supplier<WriteResponse> delete(
      DeleteItemRequest.Builder builder, AwsRequestOverrideConfiguration overrides) {
    DeleteItemRequest request = builder.overrideConfiguration(overrides).build();
    return () -> {
      DeleteItemResponse response = client.deleteItem(request);
      return new WriteResponse(response.attributes(), response.sdkHttpResponse());
    };
  }

  private AwsRequestOverrideConfiguration overrideConfiguration(
      CallTimeouts timeouts, AttemptMetrics attempts) {
    List<MetricPublisher> all = new ArrayList<>(publishers);
    all.add(attempts);
    return AwsRequestOverrideConfiguration.builder()
        .apiCallTimeout(Duration.ofNanos(timeouts.callNanos()))
        .apiCallAttemptTimeout(Duration.ofNanos(timeouts.attemptNanos()))
        .metricPublishers(all)
        .build();
  }
}
