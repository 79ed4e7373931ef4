package dev.holdfast.lock.dynamodb;

import dev.holdfast.lock.protocol.CallBudget;
import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.Table;
import dev.holdfast.lock.protocol.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** The lock table in DynamoDB: each write is one request of the SDK's client. */
final class DynamoDbTable implements Table {
  private static final String ARN_PATH = ":table/";

  private final DynamoDbClient client;
  private final Requests requests;
  private final Faults faults;
  private final List<MetricPublisher> publishers;
  private final Dates dates;

  DynamoDbTable(DynamoDbClient client, String table) {
    this.client = client;
    this.requests = new Requests(table);
    this.faults = new Faults(table);
    this.publishers = publishersOf(client);
    this.dates = Dates.of(client);
  }

  /** A request's publishers replace the client's, so the client's go along. */
  private static List<MetricPublisher> publishersOf(DynamoDbClient client) {
    try {
      return client.serviceClientConfiguration().overrideConfiguration().metricPublishers();
    } catch (UnsupportedOperationException wrappedOrSimulated) {
      return List.of();
    }
  }

  @Override
  public Answer send(Write write, CallBudget budget) {
    ResendCount resends = new ResendCount();
    try {
      Old old = replaced(write, overrides(budget, resends));
      Reply applied = new Reply.Applied(Items.seen(old.row()), resends.maybeResent());
      return new Answer(applied, dates.of(old.http()));
    } catch (ConditionalCheckFailedException e) {
      Reply refused = new Reply.Refused(Items.seen(e.item()), resends.maybeResent());
      return new Answer(refused, dates.of(e));
    } catch (SdkException e) {
      return new Answer(faults.failed(write, e), dates.of(e));
    } catch (RuntimeException e) {
      return new Answer(new Reply.Failed(Reply.Fault.PERMANENT, true, e), null);
    }
  }

  private record Old(Map<String, AttributeValue> row, @Nullable SdkHttpResponse http) {}

  @Override
  public String name() {
    String table = requests.table();
    int path = table.indexOf(ARN_PATH);
    return path < 0 ? table : table.substring(path + ARN_PATH.length());
  }

  private Old replaced(Write write, AwsRequestOverrideConfiguration overrides) {
    if (write instanceof Write.Forget forget) {
      DeleteItemRequest request = requests.forget(forget).overrideConfiguration(overrides).build();
      DeleteItemResponse response = client.deleteItem(request);
      return new Old(response.attributes(), response.sdkHttpResponse());
    }
    PutItemRequest request = put(write).overrideConfiguration(overrides).build();
    PutItemResponse response = client.putItem(request);
    return new Old(response.attributes(), response.sdkHttpResponse());
  }

  private PutItemRequest.Builder put(Write write) {
    if (write instanceof Write.Acquire acquire) {
      return requests.acquire(acquire);
    }
    if (write instanceof Write.Redeem redeem) {
      return requests.redeem(redeem);
    }
    if (write instanceof Write.Restore restore) {
      return requests.restore(restore);
    }
    return write instanceof Write.Renew renew
        ? requests.renew(renew)
        : requests.settle((Write.Settle) write);
  }

  private AwsRequestOverrideConfiguration overrides(CallBudget budget, ResendCount resends) {
    List<MetricPublisher> all = new ArrayList<>(publishers);
    all.add(resends);
    return AwsRequestOverrideConfiguration.builder()
        .apiCallTimeout(Duration.ofNanos(budget.callNanos()))
        .apiCallAttemptTimeout(Duration.ofNanos(budget.attemptNanos()))
        .metricPublishers(all)
        .build();
  }
}
