package dev.holdfast.testkit;

import static dev.holdfast.testkit.SampleRequests.conditionalPut;
import static dev.holdfast.testkit.SampleRequests.delete;
import static dev.holdfast.testkit.SampleRequests.put;
import static dev.holdfast.testkit.SampleRequests.row;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.ConnectException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

class FaultInjectorTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final ManualClock clock = ManualClock.at(NOON);
  private final SimulatedTable table = SimulatedTable.named("locks", clock);
  private final RetryCountRecorder retryCounts = new RetryCountRecorder();

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  void withoutFaults_callIsOneAttempt() {
    send(row("a"));

    assertThat(retryCounts.retryCounts()).containsExactly(0);
    assertThat(clock.wallTime()).isEqualTo(NOON);
  }

  @Test
  void replyLost_appliesWrite_andTimesOut() {
    table.faults().nextReplyLost();

    assertThatThrownBy(() -> send(row("a"))).isInstanceOf(ApiCallTimeoutException.class);

    assertThat(table.row("a")).isPresent();
    assertThat(clock.wallTime()).isEqualTo(NOON.plusMillis(2_500));
    assertThat(retryCounts.retryCounts()).as("the SDK says nothing of resends then").isEmpty();
  }

  @Test
  void requestLost_appliesNothing_andTimesOut() {
    table.faults().nextRequestLost();

    assertThatThrownBy(() -> send(row("a"))).isInstanceOf(ApiCallTimeoutException.class);

    assertThat(table.rows()).isEmpty();
    assertThat(table.counts().puts()).isZero();
  }

  @Test
  void delayedRequest_isAppliedOnDelivery_once() {
    PendingDelivery delivery = table.faults().nextRequestDelayed();
    assertThat(delivery.isSent()).isFalse();
    assertThatThrownBy(delivery::deliver).hasMessageContaining("none was sent yet");

    assertThatThrownBy(() -> send(row("a"))).isInstanceOf(ApiCallTimeoutException.class);
    assertThat(delivery.isSent()).isTrue();
    assertThat(table.rows()).isEmpty();

    delivery.deliver();
    assertThat(table.rows()).containsOnlyKeys("a");
    assertThatThrownBy(delivery::deliver).hasMessageContaining("it was delivered before");
  }

  @Test
  void delayedRequest_evaluatesConditionOnDelivery() {
    PendingDelivery delivery = table.faults().nextRequestDelayed();
    assertThatThrownBy(() -> send(row("a", "n", 1))).isInstanceOf(ApiCallTimeoutException.class);
    table.put(row("a", "n", 2));

    delivery.deliver();

    assertThat(table.row("a")).contains(row("a", "n", 2));
  }

  @Test
  void delayedReply_blocksClientUntilDelivery() throws InterruptedException {
    PendingDelivery delivery = table.faults().nextReplyDelayed();
    var call = CompletableFuture.runAsync(() -> send(row("a")));
    delivery.awaitSent();

    assertThat(table.row("a")).isPresent();
    assertThat(call).isNotDone();

    delivery.deliver();
    assertThat(call).succeedsWithin(ofSeconds(30));
  }

  @Test
  void duplicatedRequest_isAppliedAgainOnDelivery() {
    PendingDelivery copy = table.faults().nextDuplicated();
    send(row("a"));
    table.deleteItem(delete("a").build());

    copy.deliver();

    assertThat(table.row("a")).as("the copy finds no row and applies again").isPresent();
  }

  @Test
  void failure_beforeOrAfterApplying_throwsSameException() {
    table.faults().nextFailsBeforeApplying().nextFailsAfterApplying();

    assertThatThrownBy(() -> send(row("a"))).isInstanceOf(InternalServerErrorException.class);
    assertThat(table.rows()).isEmpty();

    assertThatThrownBy(() -> send(row("a"))).isInstanceOf(InternalServerErrorException.class);
    assertThat(table.rows()).containsOnlyKeys("a");
  }

  @Test
  void throttled_throwsMatchingSdkException() {
    table.faults().nextThrottled().next(Fault.THROUGHPUT_EXCEEDED);

    var first = catchThrowableOfType(DynamoDbException.class, () -> send(row("a")));
    assertThat(first.isThrottlingException()).isTrue();
    assertThatThrownBy(() -> send(row("a")))
        .isInstanceOf(ProvisionedThroughputExceededException.class);
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void denied_namesActionAndTable() {
    table.faults().nextDenied().nextDenied();

    var put = catchThrowableOfType(DynamoDbException.class, () -> send(row("a")));
    assertThat(put.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
    assertThat(put)
        .hasMessageContaining("is not authorized to perform: dynamodb:PutItem on resource:")
        .hasMessageContaining(":table/locks");
    assertThatThrownBy(() -> table.deleteItem(delete("a").build()))
        .hasMessageContaining("dynamodb:DeleteItem");
  }

  @Test
  void unreachable_isConnectionRefused() {
    table.faults().nextUnreachable();

    var error = catchThrowableOfType(SdkClientException.class, () -> send(row("a")));

    assertThat(error).hasRootCauseInstanceOf(ConnectException.class);
    assertThat(error.numAttempts()).isEqualTo(1);
  }

  @Test
  void retry_afterLostReply_findsOwnWrite() {
    table.withRetries(1).faults().nextReplyLost();

    var rejection =
        catchThrowableOfType(ConditionalCheckFailedException.class, () -> send(row("a", "n", 1)));

    assertThat(rejection.item()).isEqualTo(row("a", "n", 1));
    assertThat(rejection.numAttempts()).isEqualTo(2);
    assertThat(retryCounts.retryCounts()).containsExactly(1);
    assertThat(clock.wallTime()).as("one attempt's time-out").isEqualTo(NOON.plusMillis(600));
  }

  @Test
  void retry_afterLostRequest_isApplied() {
    table.withRetries(2).faults().nextRequestLost().nextThrottled();

    send(row("a"));

    assertThat(table.rows()).containsOnlyKeys("a");
    assertThat(retryCounts.retryCounts()).containsExactly(2);
  }

  @Test
  void defaultFault_appliesUntilCleared() {
    table.faults().always(Fault.THROTTLED).nextPasses();
    send(row("a"));
    assertThatThrownBy(() -> send(row("b"))).hasMessageContaining("Throughput exceeds");
    assertThatThrownBy(() -> send(row("b"))).hasMessageContaining("Throughput exceeds");

    table.faults().clear();
    send(row("b"));

    assertThat(table.faults().injectedCount(Fault.THROTTLED)).isEqualTo(2);
    assertThat(table.faults().injectedCount(Fault.NONE)).isEqualTo(2);
  }

  @Test
  void events_runBeforeApply_andBeforeReply() {
    table.faults().beforeNextApply(() -> table.put(row("a", "n", 9)));
    var rejection =
        catchThrowableOfType(ConditionalCheckFailedException.class, () -> send(row("a")));
    assertThat(rejection.item()).isEqualTo(row("a", "n", 9));

    table.faults().beforeNextReply(() -> clock.advance(ofSeconds(7)));
    send(row("b"));
    assertThat(clock.wallTime()).isEqualTo(NOON.plusSeconds(7));
  }

  @Test
  void interruptedThread_sendsNothing() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> send(row("a"))).isInstanceOf(AbortedException.class);
    assertThat(table.rows()).isEmpty();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void clientConfiguration_isAvailable() {
    assertThat(table.serviceClientConfiguration().overrideConfiguration().metricPublishers())
        .isEmpty();
    assertThat(table.serviceName()).isEqualTo("dynamodb");
    assertThat(table.putItem(put(row("a")).build()).sdkHttpResponse().isSuccessful()).isTrue();
  }

  private void send(Map<String, AttributeValue> item) {
    PutItemRequest request =
        conditionalPut(item)
            .overrideConfiguration(
                o ->
                    o.apiCallTimeout(ofMillis(2_500))
                        .apiCallAttemptTimeout(ofMillis(600))
                        .addMetricPublisher(retryCounts))
            .build();
    table.putItem(request);
  }
}
