package dev.holdfast.lock.dynamodb;

import dev.holdfast.lock.protocol.CallBudget;
import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.Table;
import dev.holdfast.lock.protocol.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** The lock table in DynamoDB: each write is one request of the SDK's client. */
final class DynamoDbTable implements Table {
  private static final String ARN_PATH = ":table/";

  private final DynamoDbClient client;
  private final Requests requests;
  private final Faults faults;
  private final List<MetricPublisher> publishers;

  DynamoDbTable(DynamoDbClient client, String table) {
    this.client = client;
    this.requests = new Requests(table);
    this.faults = new Faults(table);
    this.publishers = publishersOf(client);
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
  public Reply send(Write write, CallBudget budget) {
    ResendCount resends = new ResendCount();
    try {
      Map<String, AttributeValue> old = replaced(write, overrides(budget, resends));
      return new Reply.Applied(Items.seen(old), resends.maybeResent());
    } catch (ConditionalCheckFailedException e) {
      return new Reply.Refused(Items.seen(e.item()));
    } catch (SdkException e) {
      return faults.failed(write, e);
    }
  }

  @Override
  public String name() {
    String table = requests.table();
    int path = table.indexOf(ARN_PATH);
    return path < 0 ? table : table.substring(path + ARN_PATH.length());
  }

  private Map<String, AttributeValue> replaced(
      Write write, AwsRequestOverrideConfiguration overrides) {
    if (write instanceof Write.Forget forget) {
      DeleteItemRequest request = requests.forget(forget).overrideConfiguration(overrides).build();
      return client.deleteItem(request).attributes();
    }
    PutItemRequest request = put(write).overrideConfiguration(overrides).build();
    return client.putItem(request).attributes();
  }

  private PutItemRequest.Builder put(Write write) {
    if (write instanceof Write.Acquire acquire) {
      return requests.acquire(acquire);
    }
    if (write instanceof Write.Redeem redeem) {
      return requests.redeem(redeem);
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
