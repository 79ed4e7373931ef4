package dev.holdfast.testkit;

import static dev.holdfast.testkit.Requests.creation;
import static dev.holdfast.testkit.Requests.delete;
import static dev.holdfast.testkit.Requests.put;
import static dev.holdfast.testkit.Requests.row;
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
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;

class FaultsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final ManualTime time = ManualTime.at(NOON);
  private final SimulatedTable table = SimulatedTable.named("locks", time);
  private final Resends resends = new Resends();

  @AfterEach
  void forgetInterrupt() {
    Thread.interrupted();
  }

  @Test
  void withoutFaults_aCallIsOneSending() {
    send(row("a"));

    assertThat(resends.counts()).containsExactly(0);
    assertThat(time.wall()).isEqualTo(NOON);
  }

  @Test
  void replyLost_theWriteIsApplied_andTheCallTimesOut() {
    table.faults().nextReplyLost();

    assertThatThrownBy(() -> send(row("a"))).isInstanceOf(ApiCallTimeoutException.class);

    assertThat(table.row("a")).isPresent();
    assertThat(time.wall()).isEqualTo(NOON.plusMillis(2_500));
    assertThat(resends.counts()).as("the SDK says nothing of resends then").isEmpty();
  }

  @Test
  void requestLost_nothingIsApplied_andTheCallTimesOut() {
    table.faults().nextRequestLost();

    assertThatThrownBy(() -> send(row("a"))).isInstanceOf(ApiCallTimeoutException.class);

    assertThat(table.rows()).isEmpty();
    assertThat(table.counts().puts()).isZero();
  }

  @Test
  void requestHeld_isAppliedWhenTold_andOnlyOnce() {
    HeldRequest held = table.faults().nextRequestHeld();
    assertThat(held.isUnderWay()).isFalse();
    assertThatThrownBy(held::deliver).hasMessageContaining("none was sent yet");

    assertThatThrownBy(() -> send(row("a"))).isInstanceOf(ApiCallTimeoutException.class);
    assertThat(held.isUnderWay()).isTrue();
    assertThat(table.rows()).isEmpty();

    held.deliver();
    assertThat(table.rows()).containsOnlyKeys("a");
    assertThatThrownBy(held::deliver).hasMessageContaining("it was delivered before");
  }

  @Test
  void requestHeld_stillObeysItsCondition() {
    HeldRequest held = table.faults().nextRequestHeld();
    assertThatThrownBy(() -> send(row("a", "n", 1))).isInstanceOf(ApiCallTimeoutException.class);
    table.put(row("a", "n", 2));

    held.deliver();

    assertThat(table.row("a")).contains(row("a", "n", 2));
  }

  @Test
  void replyHeld_theClientWaitsForIt() throws InterruptedException {
    HeldRequest held = table.faults().nextReplyHeld();
    var call = CompletableFuture.runAsync(() -> send(row("a")));
    held.awaitUnderWay();

    assertThat(table.row("a")).isPresent();
    assertThat(call).isNotDone();

    held.deliver();
    assertThat(call).succeedsWithin(ofSeconds(30));
  }

  @Test
  void duplicated_theCopyArrivesWhenTold() {
    HeldRequest copy = table.faults().nextDuplicated();
    send(row("a"));
    table.deleteItem(delete("a").build());

    copy.deliver();

    assertThat(table.row("a")).as("the copy finds no row and applies again").isPresent();
  }

  @Test
  void failed_beforeOrAfterApplying_looksTheSame() {
    table.faults().nextFailsBeforeApplying().nextFailsAfterApplying();

    assertThatThrownBy(() -> send(row("a"))).isInstanceOf(InternalServerErrorException.class);
    assertThat(table.rows()).isEmpty();

    assertThatThrownBy(() -> send(row("a"))).isInstanceOf(InternalServerErrorException.class);
    assertThat(table.rows()).containsOnlyKeys("a");
  }

  @Test
  void throttled_inBothShapes() {
    table.faults().nextThrottled().next(Fault.THROUGHPUT_EXCEEDED);

    var first = catchThrowableOfType(ThrottlingException.class, () -> send(row("a")));
    assertThat(first.isThrottlingException()).isTrue();
    assertThatThrownBy(() -> send(row("a")))
        .isInstanceOf(ProvisionedThroughputExceededException.class);
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void denied_namesTheActionAndTheTable() {
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
  void unreachable_isAConnectionRefused() {
    table.faults().nextUnreachable();

    var refused = catchThrowableOfType(SdkClientException.class, () -> send(row("a")));

    assertThat(refused).hasRootCauseInstanceOf(ConnectException.class);
    assertThat(refused.numAttempts()).isEqualTo(1);
  }

  @Test
  void resend_afterALostReply_meetsItsOwnWrite() {
    table.resending(1).faults().nextReplyLost();

    var refused =
        catchThrowableOfType(ConditionalCheckFailedException.class, () -> send(row("a", "n", 1)));

    assertThat(refused.item()).isEqualTo(row("a", "n", 1));
    assertThat(refused.numAttempts()).isEqualTo(2);
    assertThat(resends.counts()).containsExactly(1);
    assertThat(time.wall()).as("one attempt's time-out").isEqualTo(NOON.plusMillis(600));
  }

  @Test
  void resend_afterALostRequest_isApplied() {
    table.resending(2).faults().nextRequestLost().nextThrottled();

    send(row("a"));

    assertThat(table.rows()).containsOnlyKeys("a");
    assertThat(resends.counts()).containsExactly(2);
  }

  @Test
  void everyRequest_isHitUntilCleared() {
    table.faults().every(Fault.THROTTLED).nextPasses();
    send(row("a"));
    assertThatThrownBy(() -> send(row("b"))).isInstanceOf(ThrottlingException.class);
    assertThatThrownBy(() -> send(row("b"))).isInstanceOf(ThrottlingException.class);

    table.faults().clear();
    send(row("b"));

    assertThat(table.faults().injected(Fault.THROTTLED)).isEqualTo(2);
    assertThat(table.faults().injected(Fault.NONE)).isEqualTo(2);
  }

  @Test
  void events_happenBeforeTheTableApplies_andBeforeTheReply() {
    table.faults().beforeNextApplies(() -> table.put(row("a", "n", 9)));
    var refused = catchThrowableOfType(ConditionalCheckFailedException.class, () -> send(row("a")));
    assertThat(refused.item()).isEqualTo(row("a", "n", 9));

    table.faults().beforeNextReply(() -> time.advance(ofSeconds(7)));
    send(row("b"));
    assertThat(time.wall()).isEqualTo(NOON.plusSeconds(7));
  }

  @Test
  void interruptedThread_sendsNothing() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> send(row("a"))).isInstanceOf(AbortedException.class);
    assertThat(table.rows()).isEmpty();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void configuration_isAnsweredAsAClientWould() {
    assertThat(table.serviceClientConfiguration().overrideConfiguration().metricPublishers())
        .isEmpty();
    assertThat(table.serviceName()).isEqualTo("dynamodb");
    assertThat(table.putItem(put(row("a")).build()).sdkHttpResponse().isSuccessful()).isTrue();
  }

  private void send(Map<String, AttributeValue> item) {
    PutItemRequest request =
        creation(item)
            .overrideConfiguration(
                o ->
                    o.apiCallTimeout(ofMillis(2_500))
                        .apiCallAttemptTimeout(ofMillis(600))
                        .addMetricPublisher(resends))
            .build();
    table.putItem(request);
  }
}
