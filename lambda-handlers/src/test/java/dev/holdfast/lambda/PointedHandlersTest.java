package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SNSEvent.SNSRecord;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lambda.testkit.S3Change;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Handlers whose ids come from the environment. */
class PointedHandlersTest {
  private static final String PLACED =
      SampleEvents.eventBridge("e-1", "shop", "OrderPlaced", "{\"orderId\":\"17\",\"try\":\"a\"}");

  private final Bench bench = new Bench();
  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              "HOLDFAST_TABLE", "locks", "AWS_REGION", "eu-central-1", "HOLDFAST_METRICS", "off"));

  /** What the environment says, on the table of the bench. */
  private Guard guard() {
    Naming naming = new Environment(variables::get).guard(bench.table).settings().naming();
    Guard plain = bench.remembering();
    return plain.with(plain.settings().with(naming));
  }

  private PointedHandlersTest resourceAt(String pointer) {
    variables.put("HOLDFAST_RESOURCE_ID", pointer);
    return this;
  }

  private String invoke(RequestStreamHandler handler, String event) throws IOException {
    return InProcess.of(handler).invoke(event, bench.context());
  }

  private final class Sqs extends LockedSqsHandler {
    Sqs() {
      super(guard());
    }

    @Override
    protected void handle(SQSMessage message, Lease lease, Context context) {
      bench.work(message.getMessageId() + " " + lease.name());
    }
  }

  private final class Sns extends LockedSnsHandler {
    Sns() {
      super(guard());
    }

    @Override
    protected void handle(SNSRecord message, Lease lease, Context context) {
      bench.work(lease.name());
    }
  }

  private final class S3 extends LockedS3Handler {
    S3() {
      super(guard());
    }

    @Override
    protected void handle(S3EventNotificationRecord happened, Lease lease, Context context) {
      bench.work(lease.name());
    }
  }

  private final class EventBridge extends LockedEventBridgeHandler {
    EventBridge() {
      super(guard());
    }

    @Override
    protected void handle(EventBridgeEvent event, Lease lease, Context context) {
      bench.work(lease.name());
    }
  }

  private class Plain extends LockedHandler<Map<String, Object>, String> {
    Plain() {
      super(guard());
    }

    @Override
    protected String handle(Map<String, Object> event, Lease lease, Context context) {
      return bench.work(lease.name());
    }
  }

  @Test
  void eventBridge_throughAQueue_isFoundInTheBody() throws IOException {
    resourceAt("/body/detail/orderId");
    invoke(new Sqs(), SampleEvents.sqs(SqsMessage.of("m-1", PLACED)));
    assertThat(bench.done).containsExactly("m-1 17");
  }

  @Test
  void sns_throughAQueue_isFoundInTheBodysMessage() throws IOException {
    resourceAt("/body/Message/orderId");
    String body = "{\"Type\":\"Notification\",\"Message\":\"{\\\"orderId\\\":\\\"17\\\"}\"}";
    invoke(new Sqs(), SampleEvents.sqs(SqsMessage.of("m-1", body)));
    assertThat(bench.done).containsExactly("m-1 17");
  }

  @Test
  void batch_eachMessageHasItsOwn_andOneWithoutIsReportedAlone() throws IOException {
    resourceAt("/body/orderId");
    String reply =
        invoke(
            new Sqs(),
            SampleEvents.sqs(
                SqsMessage.of("m-1", "{\"orderId\":\"17\"}"),
                SqsMessage.of("m-2", "no json"),
                SqsMessage.of("m-1", "{\"orderId\":\"99\"}"),
                SqsMessage.of("m-3", "{\"orderId\":\"18\"}")));
    assertThat(reply).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-2\"}]}");
    assertThat(bench.done).containsExactly("m-1 17", "m-3 18");
  }

  @Test
  void eventPointer_tellsDuplicatesByTheIdInTheBody() throws IOException {
    resourceAt("/body/orderId");
    variables.put("HOLDFAST_EVENT_ID", "/body/id");
    String body = "{\"orderId\":\"17\",\"id\":\"e-1\"}";
    invoke(new Sqs(), SampleEvents.sqs(SqsMessage.of("m-1", body)));
    invoke(new Sqs(), SampleEvents.sqs(SqsMessage.of("m-2", body)));
    assertThat(bench.done).containsExactly("m-1 17");
  }

  @Test
  void sns_itsMessage() throws IOException {
    resourceAt("/Sns/Message/orderId");
    invoke(new Sns(), SampleEvents.sns("n-1", "{\"orderId\":\"17\"}"));
    assertThat(bench.done).containsExactly("17");
  }

  @Test
  void s3_itsBucket() throws IOException {
    resourceAt("/s3/bucket/name");
    invoke(new S3(), SampleEvents.s3(S3Change.put("orders", "a.csv", "01")));
    assertThat(bench.done).containsExactly("orders");
  }

  @Test
  void eventBridge_itsDetail() throws IOException {
    resourceAt("/detail/orderId");
    invoke(new EventBridge(), PLACED);
    assertThat(bench.done).containsExactly("17");
  }

  @Test
  void plainInvoke_itsField() throws IOException {
    resourceAt("/order/id");
    assertThat(invoke(new Plain(), "{\"order\":{\"id\":\"17\"}}")).isEqualTo("\"17\"");
  }

  @Test
  void plainInvoke_missing_neverRuns() {
    resourceAt("/order/id");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> invoke(new Plain(), "{\"order\":{}}"))
        .withMessageContaining("pointer /order/id of HOLDFAST_RESOURCE_ID")
        .withMessageContaining("/order/id is not there");
    assertThat(bench.done).isEmpty();
    assertThat(bench.counts().puts()).isZero();
  }

  @Test
  void plainInvoke_tooLongWithThePrefix_neverRuns() {
    resourceAt("/id");
    variables.put("HOLDFAST_KEY_PREFIX", "shop/");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> invoke(new Plain(), "{\"id\":\"" + "x".repeat(2_048) + "\"}"))
        .withMessageContaining("makes a key of 2053 bytes");
    assertThat(bench.counts().puts()).isZero();
  }

  @Test
  void constructor_overriddenAndPointed_isRefused() {
    resourceAt("/id");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                new Plain() {
                  @Override
                  protected String resourceId(Map<String, Object> event) {
                    return "order";
                  }
                })
        .withMessageContaining("overrides resourceId")
        .withMessageContaining("HOLDFAST_RESOURCE_ID is set, too");
  }

  @Test
  void constructor_eventOverriddenAndPointed_isRefused() {
    resourceAt("/id");
    variables.put("HOLDFAST_EVENT_ID", "/id");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                new Plain() {
                  @Override
                  protected Optional<String> eventId(Map<String, Object> event) {
                    return Optional.of("e-1");
                  }
                })
        .withMessageContaining("overrides eventId");
  }

  @Test
  void constructor_nothingGiven_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(Plain::new)
        .withMessageContaining("override resourceId");
  }

  @Test
  void constructor_eventPointedButNothingRemembered_isRefused() {
    resourceAt("/body/id");
    variables.put("HOLDFAST_EVENT_ID", "/body/id");
    Guard forgetful =
        bench.guard().with(bench.guard().settings().with(guard().settings().naming()));
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                new LockedSqsHandler(forgetful) {
                  @Override
                  protected void handle(SQSMessage message, Lease lease, Context context) {}
                })
        .withMessageContaining("Guard.rememberingEvents");
  }
}
