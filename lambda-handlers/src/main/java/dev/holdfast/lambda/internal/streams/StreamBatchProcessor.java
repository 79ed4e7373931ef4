package dev.holdfast.lambda.internal.streams;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.holdfast.lambda.internal.admission.HeldWork;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lambda.internal.json.RecordsJsonReader;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.records.RecordHandler;
import dev.holdfast.lambda.internal.records.WorklessEvents;
import dev.holdfast.lambda.internal.time.WorkTimeEstimate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Processor of a shard's batches, record by record in their order.
 *
 * <p>A batch ends at the first record that fails or is not started. The response reports this
 * record, and the next batch starts with it. So no record is handled before its predecessors.
 *
 * @param format the event format of the stream
 * @param idSource the ids of a record
 * @param handler the user's handler
 * @param <E> the type of a record
 */
public record StreamBatchProcessor<E>(
    StreamFormat<E> format, IdSource<E> idSource, RecordHandler<E> handler) {
  private static final JsonCodec<StreamsEventResponse> RESPONSE_CODEC =
      JsonCodec.of(StreamsEventResponse.class);

  /** Reads a batch, processes it, and writes the response. */
  public void handleRequest(
      InputStream input, OutputStream output, Context context, Supplier<WorkGuard> startInvocation)
      throws IOException {
    byte[] json = input.readAllBytes();
    if (WorklessEvents.pings(context).test(json)) {
      output.write(response(List.of()));
      return;
    }
    List<E> records = format.read(json);
    RecordsJsonReader jsonReader =
        new RecordsJsonReader(json, format.description(), format::decode);
    try (WorkGuard workGuard = startInvocation.get()) {
      List<BatchItemFailure> failures = new Batch(workGuard, jsonReader).process(records);
      output.write(response(failures));
    }
  }

  private static byte[] response(List<BatchItemFailure> failures) {
    return RESPONSE_CODEC.write(
        StreamsEventResponse.builder().withBatchItemFailures(failures).build());
  }

  /** One batch; used by one thread. */
  private final class Batch {
    private final WorkGuard workGuard;
    private final RecordsJsonReader jsonReader;
    private final WorkTimeEstimate workTimeEstimate = new WorkTimeEstimate();

    Batch(WorkGuard workGuard, RecordsJsonReader jsonReader) {
      this.workGuard = workGuard;
      this.jsonReader = jsonReader;
    }

    List<BatchItemFailure> process(List<E> records) {
      for (int i = 0; i < records.size(); i++) {
        E record = records.get(i);
        if (!isHandled(record, i)) {
          return List.of(new BatchItemFailure(format.sequenceNumber(record)));
        }
      }
      return List.of();
    }

    private boolean isHandled(E record, int index) {
      try {
        if (workGuard.readIds(() -> idSource.isIgnored(record))) {
          workGuard.log().ignored(format.sequenceNumber(record));
          return true;
        }
        WorkKey workKey =
            workGuard.readIds(() -> idSource.workKey(record, () -> jsonReader.recordAt(index)));
        return workGuard
            .withMinRemainingTimeAtLeast(workTimeEstimate.duration())
            .admitAndLog(workKey)
            .<Boolean, Exception>fold(
                entered -> run(entered.work(), record), duplicate -> true, rejected -> false);
      } catch (Throwable e) {
        workGuard.log().failed(format.sequenceNumber(record), e);
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        return false;
      }
    }

    private boolean run(HeldWork work, E record) throws Exception {
      Duration remainingAtStart = workGuard.invocation().remainingTime();
      try {
        work.run(handler.asCall(record, workGuard.invocation()));
        return true;
      } finally {
        workTimeEstimate.recordDuration(
            remainingAtStart.minus(workGuard.invocation().remainingTime()));
      }
    }
  }
}
