package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.StreamEntry;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The two kinds of streams: a handler of each on one bench, and its sample events. */
enum Streams {
  KINESIS {
    @Override
    String event(StreamEntry... entries) {
      return SampleEvents.kinesis(entries);
    }

    @Override
    RequestStreamHandler handler(Guard guard, Consumer<String> work) {
      return new LockedKinesisHandler(guard) {
        @Override
        protected String resourceId(KinesisEventRecord event) {
          return event.getKinesis().getPartitionKey();
        }

        @Override
        protected void handle(KinesisEventRecord event, Lease lease, Context context) {
          work.accept(UTF_8.decode(event.getKinesis().getData()).toString());
        }
      };
    }
  },
  DYNAMODB {
    @Override
    String event(StreamEntry... entries) {
      return SampleEvents.dynamoDbStream(entries);
    }

    @Override
    RequestStreamHandler handler(Guard guard, Consumer<String> work) {
      return new LockedDynamoDbStreamHandler(guard) {
        @Override
        protected String resourceId(DynamodbStreamRecord event) {
          return text(event.getDynamodb().getKeys(), "id");
        }

        @Override
        protected void handle(DynamodbStreamRecord event, Lease lease, Context context) {
          work.accept(text(event.getDynamodb().getNewImage(), "data"));
        }
      };
    }
  };

  static final String ALL_DONE = "{\"batchItemFailures\":[]}";

  abstract String event(StreamEntry... entries);

  abstract RequestStreamHandler handler(Guard guard, Consumer<String> work);

  static String text(Map<String, AttributeValue> item, String attribute) {
    return Objects.requireNonNull(item.get(attribute), attribute).getS();
  }

  static String failedAt(String sequenceNumber) {
    return "{\"batchItemFailures\":[{\"itemIdentifier\":\"" + sequenceNumber + "\"}]}";
  }

  /** Records 1 to n, each on a resource of its own name. */
  String event(String... data) {
    StreamEntry[] entries =
        Stream.iterate(0, i -> i < data.length, i -> i + 1)
            .map(i -> new StreamEntry("s-" + (i + 1), "order-" + data[i], data[i]))
            .toArray(StreamEntry[]::new);
    return event(entries);
  }

  String run(Guard guard, Consumer<String> work, String json, TestContext context)
      throws IOException {
    return InProcess.of(handler(guard, work)).invoke(json, context);
  }
}
