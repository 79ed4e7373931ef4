package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SNSEvent.SNSRecord;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import dev.holdfast.lock.Lease;
import java.util.Map;

/** A handler of each trigger. */
enum Handlers {
  SQS,
  EVENT_BRIDGE,
  SNS,
  S3,
  KINESIS,
  DYNAMODB_STREAM,
  HTTP,
  PLAIN;

  RequestStreamHandler on(Bench bench, Guard guard) {
    return switch (this) {
      case SQS -> new Sqs(bench, guard);
      case EVENT_BRIDGE -> new EventBridge(bench, guard);
      case SNS -> new Sns(bench, guard);
      case S3 -> new S3Bucket(bench, guard);
      case KINESIS -> Streams.KINESIS.handler(guard, bench::work);
      case DYNAMODB_STREAM -> Streams.DYNAMODB.handler(guard, bench::work);
      case HTTP -> new Api(bench, guard);
      case PLAIN -> new Plain(bench, guard);
    };
  }

  private static final class Sqs extends LockedSqsHandler {
    private final Bench bench;

    Sqs(Bench bench, Guard guard) {
      super(guard);
      this.bench = bench;
    }

    @Override
    protected String resourceId(SQSMessage message) {
      return "order";
    }

    @Override
    protected void handle(SQSMessage message, Lease lease, Context context) {
      bench.work(message.getBody());
    }
  }

  private static final class EventBridge extends LockedEventBridgeHandler {
    private final Bench bench;

    EventBridge(Bench bench, Guard guard) {
      super(guard);
      this.bench = bench;
    }

    @Override
    protected String resourceId(EventBridgeEvent event) {
      return "order";
    }

    @Override
    protected void handle(EventBridgeEvent event, Lease lease, Context context) {
      bench.work(event.detail());
    }
  }

  private static final class Sns extends LockedSnsHandler {
    private final Bench bench;

    Sns(Bench bench, Guard guard) {
      super(guard);
      this.bench = bench;
    }

    @Override
    protected String resourceId(SNSRecord message) {
      return "order";
    }

    @Override
    protected void handle(SNSRecord message, Lease lease, Context context) {
      bench.work(message.getSNS().getMessage());
    }
  }

  private static final class S3Bucket extends LockedS3Handler {
    private final Bench bench;

    S3Bucket(Bench bench, Guard guard) {
      super(guard);
      this.bench = bench;
    }

    @Override
    protected void handle(S3EventNotificationRecord event, Lease lease, Context context) {
      bench.work(key(event));
    }
  }

  private static final class Plain extends LockedHandler<Map<String, Object>, String> {
    private final Bench bench;

    Plain(Bench bench, Guard guard) {
      super(guard);
      this.bench = bench;
    }

    @Override
    protected String resourceId(Map<String, Object> event) {
      return "order";
    }

    @Override
    protected String handle(Map<String, Object> event, Lease lease, Context context) {
      return bench.work(String.valueOf(event.get("text")));
    }
  }
}
