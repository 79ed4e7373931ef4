package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SNSEvent.SNSRecord;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.internal.keys.KeySettings;
import dev.holdfast.lambda.model.EventBridgeEvent;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.S3Notification;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests ids that are read from events with the pointers of the environment. */
class EnvironmentIdsTest {
  private static final String ORDER_PLACED =
      SampleEvents.eventBridge("e-1", "shop", "OrderPlaced", "{\"orderId\":\"17\",\"try\":\"a\"}");

  private final GuardFixture fixture = new GuardFixture();
  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              "HOLDFAST_TABLE", "locks", "AWS_REGION", "eu-central-1", "HOLDFAST_METRICS", "off"));

  /** Returns a guard with the environment's key settings, on the fixture's table. */
  private Guard guard() {
    KeySettings keySettings =
        new FunctionEnvironment(variables::get).createGuard(fixture.table).config().keySettings();
    Guard plain = fixture.deduplicatingGuard();
    return plain.with(plain.config().with(keySettings));
  }

  private EnvironmentIdsTest withResourcePointer(String pointer) {
    variables.put("HOLDFAST_RESOURCE_ID", pointer);
    return this;
  }

  private String invoke(RequestStreamHandler handler, String event) throws IOException {
    return InProcessInvoker.of(handler).invoke(event, fixture.context());
  }

  private final class Sqs extends LockedSqsHandler {
    Sqs() {
      super(guard());
    }

    @Override
    protected void handle(SQSMessage message, Lease lease, Context context) {
      fixture.process(message.getMessageId() + " " + lease.name());
    }
  }

  private final class Sns extends LockedSnsHandler {
    Sns() {
      super(guard());
    }

    @Override
    protected void handle(SNSRecord message, Lease lease, Context context) {
      fixture.process(lease.name());
    }
  }

  private final class S3 extends LockedS3Handler {
    S3() {
      super(guard());
    }

    @Override
    protected void handle(S3EventNotificationRecord record, Lease lease, Context context) {
      fixture.process(lease.name());
    }
  }

  private final class EventBridge extends LockedEventBridgeHandler {
    EventBridge() {
      super(guard());
    }

    @Override
    protected void handle(EventBridgeEvent event, Lease lease, Context context) {
      fixture.process(lease.name());
    }
  }

  private class Plain extends LockedHandler<Map<String, Object>, String> {
    Plain() {
      super(guard());
    }

    @Override
    protected String handle(Map<String, Object> event, Lease lease, Context context) {
      return fixture.process(lease.name());
    }
  }

  @Test
  void eventBridgeViaSqs_pointerIntoBody_findsTheId() throws IOException {
    withResourcePointer("/body/detail/orderId");
    invoke(new Sqs(), SampleEvents.sqs(SqsMessage.of("m-1", ORDER_PLACED)));
    assertThat(fixture.processed).containsExactly("m-1 17");
  }

  @Test
  void snsViaSqs_pointerIntoBodyMessage_findsTheId() throws IOException {
    withResourcePointer("/body/Message/orderId");
    String body = "{\"Type\":\"Notification\",\"Message\":\"{\\\"orderId\\\":\\\"17\\\"}\"}";
    invoke(new Sqs(), SampleEvents.sqs(SqsMessage.of("m-1", body)));
    assertThat(fixture.processed).containsExactly("m-1 17");
  }

  @Test
  void batch_messageWithoutId_isReportedAlone() throws IOException {
    withResourcePointer("/body/orderId");
    String response =
        invoke(
            new Sqs(),
            SampleEvents.sqs(
                SqsMessage.of("m-1", "{\"orderId\":\"17\"}"),
                SqsMessage.of("m-2", "no json"),
                SqsMessage.of("m-1", "{\"orderId\":\"99\"}"),
                SqsMessage.of("m-3", "{\"orderId\":\"18\"}")));
    assertThat(response).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-2\"}]}");
    assertThat(fixture.processed).containsExactly("m-1 17", "m-3 18");
  }

  @Test
  void eventIdPointer_deduplicatesByIt() throws IOException {
    withResourcePointer("/body/orderId");
    variables.put("HOLDFAST_EVENT_ID", "/body/id");
    String body = "{\"orderId\":\"17\",\"id\":\"e-1\"}";
    invoke(new Sqs(), SampleEvents.sqs(SqsMessage.of("m-1", body)));
    invoke(new Sqs(), SampleEvents.sqs(SqsMessage.of("m-2", body)));
    assertThat(fixture.processed).containsExactly("m-1 17");
  }

  @Test
  void sns_pointerIntoMessage_findsTheId() throws IOException {
    withResourcePointer("/Sns/Message/orderId");
    invoke(new Sns(), SampleEvents.sns("n-1", "{\"orderId\":\"17\"}"));
    assertThat(fixture.processed).containsExactly("17");
  }

  @Test
  void s3_pointerToBucket_findsTheId() throws IOException {
    withResourcePointer("/s3/bucket/name");
    invoke(new S3(), SampleEvents.s3(S3Notification.put("orders", "a.csv", "01")));
    assertThat(fixture.processed).containsExactly("orders");
  }

  @Test
  void eventBridge_pointerIntoDetail_findsTheId() throws IOException {
    withResourcePointer("/detail/orderId");
    invoke(new EventBridge(), ORDER_PLACED);
    assertThat(fixture.processed).containsExactly("17");
  }

  @Test
  void plainEvent_pointerToField_findsTheId() throws IOException {
    withResourcePointer("/order/id");
    assertThat(invoke(new Plain(), "{\"order\":{\"id\":\"17\"}}")).isEqualTo("\"17\"");
  }

  @Test
  void plainEvent_missingId_runsNothing() {
    withResourcePointer("/order/id");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> invoke(new Plain(), "{\"order\":{}}"))
        .withMessageContaining("pointer /order/id of HOLDFAST_RESOURCE_ID")
        .withMessageContaining("/order/id is missing");
    assertThat(fixture.processed).isEmpty();
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void plainEvent_keyTooLongWithPrefix_runsNothing() {
    withResourcePointer("/id");
    variables.put("HOLDFAST_KEY_PREFIX", "shop/");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> invoke(new Plain(), "{\"id\":\"" + "x".repeat(2_048) + "\"}"))
        .withMessageContaining("forms a key of 2053 bytes");
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void plainEvent_numericId_isItsJsonText() throws IOException {
    withResourcePointer("/order/id");
    assertThat(invoke(new Plain(), "{\"order\":{\"id\":17}}")).isEqualTo("\"17\"");
  }

  @Test
  void plainEvent_severalPointers_joinsTheIds() throws IOException {
    withResourcePointer("/tenant, /order/id");
    assertThat(invoke(new Plain(), "{\"tenant\":\"acme\",\"order\":{\"id\":17}}"))
        .isEqualTo("\"acme:17#4,2\"");
  }

  @Test
  void resourcePointer_takesPrecedenceOverMethod() throws IOException {
    withResourcePointer("/id");
    Plain handler =
        new Plain() {
          @Override
          protected String resourceId(Map<String, Object> event) {
            throw new AssertionError("not called");
          }
        };
    assertThat(invoke(handler, "{\"id\":\"17\"}")).isEqualTo("\"17\"");
  }

  @Test
  void eventPointer_takesPrecedenceOverMethod() throws IOException {
    withResourcePointer("/id");
    variables.put("HOLDFAST_EVENT_ID", "/event");
    Plain handler =
        new Plain() {
          @Override
          protected Optional<String> eventId(Map<String, Object> event) {
            throw new AssertionError("not called");
          }
        };
    invoke(handler, "{\"id\":\"17\",\"event\":\"e-1\"}");
    assertThat(fixture.lockState("test-function:e-1#13,3#event")).isEqualTo("COMPLETED");
  }

  @Test
  void noResourceId_runsNothing() {
    Plain handler = new Plain();
    assertThatIllegalStateException()
        .isThrownBy(() -> invoke(handler, "{\"id\":\"17\"}"))
        .withMessageContaining("override resourceId")
        .withMessageContaining("HOLDFAST_RESOURCE_ID");
    assertThat(fixture.processed).isEmpty();
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void constructor_eventIdPointerWithoutDeduplication_isRefused() {
    withResourcePointer("/body/id");
    variables.put("HOLDFAST_EVENT_ID", "/body/id");
    Guard withoutDeduplication =
        fixture.guard().with(fixture.guard().config().with(guard().config().keySettings()));
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                new LockedSqsHandler(withoutDeduplication) {
                  @Override
                  protected void handle(SQSMessage message, Lease lease, Context context) {}
                })
        .withMessageContaining("Guard.rememberingEvents");
  }
}
