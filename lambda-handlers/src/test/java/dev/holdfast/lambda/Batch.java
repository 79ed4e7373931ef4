package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lambda.testkit.TestContext;
import java.util.List;
import java.util.Set;

/**
 * Batches whose messages name their resource in their body. What was worked on is in the bench; a
 * message whose id is in {@link #broken} fails.
 */
final class Batch {
  private final Bench bench;
  private final Guard guard;
  Set<String> broken = Set.of();

  Batch(Bench bench, Guard guard) {
    this.bench = bench;
    this.guard = guard;
  }

  static SqsMessage message(int number, String resource) {
    return SqsMessage.of("m-" + number, resource);
  }

  static SqsMessage fifo(int number, String resource, String group) {
    return message(number, resource).group(group);
  }

  static SQSEvent event(SqsMessage... messages) {
    return JsonType.of(SQSEvent.class).read(SampleEvents.sqs(messages).getBytes(UTF_8));
  }

  static List<String> reported(SQSBatchResponse response) {
    return response.getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }

  /** The ids that are reported. */
  List<String> run(SqsMessage... messages) {
    return run(bench.context(), messages);
  }

  List<String> run(TestContext context, SqsMessage... messages) {
    return reported(
        guard.eachMessage(
            event(messages), context, m -> m.getBody(), (m, lease) -> work(m.getMessageId())));
  }

  void work(String message) {
    bench.work(message);
    if (broken.contains(message)) {
      throw new IllegalStateException("no " + message);
    }
  }
}
