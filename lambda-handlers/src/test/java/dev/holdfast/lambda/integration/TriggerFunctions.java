package dev.holdfast.lambda.integration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.SNSEvent.SNSRecord;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.LockedDynamoDbStreamHandler;
import dev.holdfast.lambda.LockedEventBridgeHandler;
import dev.holdfast.lambda.LockedHandler;
import dev.holdfast.lambda.LockedHttpHandler;
import dev.holdfast.lambda.LockedKinesisHandler;
import dev.holdfast.lambda.LockedS3Handler;
import dev.holdfast.lambda.LockedSnsHandler;
import dev.holdfast.lambda.LockedSqsHandler;
import dev.holdfast.lambda.fixtures.StreamTrigger;
import dev.holdfast.lambda.model.EventBridgeEvent;
import dev.holdfast.lambda.model.HttpRequest;
import dev.holdfast.lambda.model.HttpResponse;
import dev.holdfast.lock.Lease;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Functions for the real runtime client, one for each trigger. Each logs its work and the lock
 * under which the work ran.
 */
final class TriggerFunctions {

  /** Maximum wait, so that no test depends on the remaining time. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  private TriggerFunctions() {}

  private static Guard guard() {
    return Guard.fromEnvironment().deduplicating(Duration.ofDays(1)).maxWait(MAX_WAIT);
  }

  private static void logProcessed(String item, Lease lease, Context context) {
    context.getLogger().log("processed item " + item + " under " + lease.name() + "\n");
  }

  /** Function of a queue. It fails for a body with "fail". */
  public static final class Sqs extends LockedSqsHandler {
    public Sqs() {
      super(guard());
    }

    @Override
    protected void handle(SQSMessage message, Lease lease, Context context) {
      if (message.getBody().contains("fail")) {
        throw new IllegalStateException("simulated failure");
      }
      logProcessed(message.getMessageId(), lease, context);
    }
  }

  /** Function of an event bus and of schedules. */
  public static final class EventBridge extends LockedEventBridgeHandler {
    public EventBridge() {
      super(guard());
    }

    @Override
    protected void handle(EventBridgeEvent event, Lease lease, Context context) {
      logProcessed(event.id(), lease, context);
    }
  }

  /** Function of a topic. */
  public static final class Sns extends LockedSnsHandler {
    public Sns() {
      super(guard());
    }

    @Override
    protected void handle(SNSRecord message, Lease lease, Context context) {
      logProcessed(message.getSNS().getMessageId(), lease, context);
    }
  }

  /** Function of a bucket. */
  public static final class S3 extends LockedS3Handler {
    public S3() {
      super(guard());
    }

    @Override
    protected void handle(S3EventNotificationRecord record, Lease lease, Context context) {
      logProcessed(key(record), lease, context);
    }
  }

  /** Function of HTTP requests. The caller of a load balancer is in a header. */
  public static final class Http extends LockedHttpHandler {
    public Http() {
      super(Guard.fromEnvironment().storingResults(Duration.ofDays(1), 4_096));
    }

    @Override
    protected Optional<String> principal(HttpRequest request) {
      return request.principal().or(() -> request.header("x-customer").stream().findFirst());
    }

    @Override
    protected HttpResponse handle(HttpRequest request, Lease lease, Context context) {
      logProcessed(request.toString(), lease, context);
      return HttpResponse.json(201, "{\"paid\":42}").header("Set-Cookie", "a=1");
    }
  }

  /** Function of a Kinesis stream. It fails for data with "fail". */
  public static final class Kinesis extends LockedKinesisHandler {
    public Kinesis() {
      super(guard());
    }

    @Override
    protected void handle(KinesisEventRecord event, Lease lease, Context context) {
      if (UTF_8.decode(event.getKinesis().getData()).toString().contains("fail")) {
        throw new IllegalStateException("simulated failure");
      }
      logProcessed(event.getKinesis().getSequenceNumber(), lease, context);
    }
  }

  /** Function of a DynamoDB stream. */
  public static final class DynamoDbStream extends LockedDynamoDbStreamHandler {
    public DynamoDbStream() {
      super(guard());
    }

    @Override
    protected void handle(DynamodbStreamRecord event, Lease lease, Context context) {
      if (StreamTrigger.stringAttribute(event.getDynamodb().getNewImage(), "data")
          .contains("fail")) {
        throw new IllegalStateException("simulated failure");
      }
      logProcessed(event.getDynamodb().getSequenceNumber(), lease, context);
    }
  }

  /** Function of a state machine. */
  public static final class Task extends LockedHandler<Map<String, String>, String> {
    public Task() {
      super(guard());
    }

    @Override
    protected Optional<String> eventId(Map<String, String> event) {
      return Optional.ofNullable(event.get("execution"));
    }

    @Override
    protected String handle(Map<String, String> event, Lease lease, Context context) {
      logProcessed(String.valueOf(event.get("execution")), lease, context);
      return "done";
    }
  }

  /** Function whose work needs more time than any invocation here has. */
  public static final class LongTask extends LockedHandler<Map<String, String>, String> {
    public LongTask() {
      super(guard().minRemainingTime(Duration.ofMinutes(10)));
    }

    @Override
    protected String handle(Map<String, String> event, Lease lease, Context context) {
      throw new IllegalStateException("must not start");
    }
  }
}
