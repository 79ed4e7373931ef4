package dev.holdfast.lambda.internal.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.StreamTrigger;
import dev.holdfast.lambda.internal.util.SneakyThrow;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.OtherHost;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamBatchProcessorTest {
  private final GuardFixture fixture = new GuardFixture();
  private final OtherHost other = OtherHost.on(fixture.table, fixture.time);

  private String run(StreamTrigger stream, String json) throws IOException {
    return run(stream, json, fixture::process);
  }

  private String run(StreamTrigger stream, String json, Consumer<String> work) throws IOException {
    return stream.run(fixture.deduplicatingGuard(), work, json, fixture.context());
  }

  private void processOrFail(String failing, String data) {
    fixture.process(data);
    if (data.equals(failing)) {
      throw new IllegalStateException("no " + data);
    }
  }

  @ParameterizedTest
  @EnumSource
  void batch_isProcessedInOrder(StreamTrigger stream) throws IOException {
    assertThat(run(stream, stream.event("a", "b", "c"))).isEqualTo(StreamTrigger.NO_FAILURES);
    assertThat(fixture.processed).containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @EnumSource
  void sequenceNumber_invalidUnicode_isRefusedBeforeAnyRequest(StreamTrigger stream) {
    String json = stream.event("a", "b", "c").replace("\"s-3\"", "\"s-\\ud800\"");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> run(stream, json))
        .withMessageContaining("must have a sequence number of valid Unicode")
        .withMessageContaining("Records[2]");
    assertThat(fixture.counts().puts()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void failingRecord_endsTheBatch_retryStartsWithIt(StreamTrigger stream) throws IOException {
    String json = stream.event("a", "b", "c");
    assertThat(run(stream, json, data -> processOrFail("b", data)))
        .isEqualTo(StreamTrigger.failureAt("s-2"));
    assertThat(fixture.processed).containsExactly("a", "b");

    assertThat(run(stream, json)).isEqualTo(StreamTrigger.NO_FAILURES);
    assertThat(fixture.processed)
        .as("record a is deduplicated")
        .containsExactly("a", "b", "b", "c");
  }

  @ParameterizedTest
  @EnumSource
  void workThrowsError_endsTheBatch_earlierRecordsStayCompleted(StreamTrigger stream)
      throws IOException {
    String response =
        run(
            stream,
            stream.event("a", "b", "c"),
            data -> {
              fixture.process(data);
              if (data.equals("b")) {
                throw new StackOverflowError();
              }
            });
    assertThat(response).isEqualTo(StreamTrigger.failureAt("s-2"));
    assertThat(fixture.table.rows()).as("only record a is completed").hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void busyRecord_staysBusy_endsTheBatchAfterWaiting(StreamTrigger stream) throws IOException {
    other.acquire("order-b");
    assertThat(run(stream, stream.event("a", "b", "c"))).isEqualTo(StreamTrigger.failureAt("s-2"));
    assertThat(fixture.processed).containsExactly("a");
    assertThat(fixture.time.wallTime()).isAfter("2026-01-01T00:00:02Z");
  }

  @ParameterizedTest
  @EnumSource
  void busyRecord_released_isProcessedInOrder(StreamTrigger stream) throws IOException {
    var otherLock = other.acquire("order-b");
    fixture.time.runAfter(Duration.ofMillis(700), otherLock::close);
    assertThat(run(stream, stream.event("a", "b", "c"))).isEqualTo(StreamTrigger.NO_FAILURES);
    assertThat(fixture.processed).containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @EnumSource
  void unreachableTable_endsTheBatch(StreamTrigger stream) throws IOException {
    fixture.table.faults().always(Fault.UNREACHABLE);
    assertThat(run(stream, stream.event("a", "b"))).isEqualTo(StreamTrigger.failureAt("s-1"));
    assertThat(fixture.processed).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void noTimeForTheLongestWorkTime_recordIsNotStarted(StreamTrigger stream) throws IOException {
    String response =
        run(
            stream,
            stream.event("a", "b", "c"),
            data -> {
              fixture.process(data);
              fixture.time.advance(Duration.ofMillis(1_400));
            });
    assertThat(response).isEqualTo(StreamTrigger.failureAt("s-3"));
    assertThat(fixture.processed).containsExactly("a", "b");
  }

  @ParameterizedTest
  @EnumSource
  void recordWithoutSequenceNumber_isRefusedBeforeAnyRequest(StreamTrigger stream) {
    for (String name : new String[] {"sequenceNumber", "SequenceNumber"}) {
      String json = stream.event("a", "b").replace("\"" + name + "\":\"s-2\"", "\"x\":\"\"");
      if (!json.equals(stream.event("a", "b"))) {
        assertThatExceptionOfType(InvalidEventException.class)
            .isThrownBy(() -> run(stream, json))
            .withMessageContaining("Records[1]");
      }
    }
    assertThat(fixture.counts().puts()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void notAStreamEvent_isRefused(StreamTrigger stream) {
    for (String json :
        new String[] {
          "{}",
          "[]",
          "null",
          "no json",
          "{\"Records\":[]}",
          "{\"Records\":[null]}",
          "{\"Records\":[{}]}",
          "[{\"eventID\":\"a pipe sends a bare list\"}]"
        }) {
      assertThatExceptionOfType(InvalidEventException.class)
          .as(json)
          .isThrownBy(() -> run(stream, json));
    }
    assertThat(fixture.counts().puts()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void tumblingWindow_isRefused(StreamTrigger stream) {
    String json =
        stream
            .event("a")
            .replaceFirst(
                "^\\{",
                "{\"window\":{\"start\":\"2026-01-01T00:00:00Z\",\"end\":\"2026-01-01T00:05:00Z\"},"
                    + "\"state\":{},");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> run(stream, json))
        .withMessageContaining("tumbling windows are not supported");
  }

  @ParameterizedTest
  @EnumSource
  void workThrowsInterrupted_endsTheBatchAndStaysInterrupted(StreamTrigger stream)
      throws IOException {
    String response =
        run(
            stream,
            stream.event("a", "b"),
            data -> {
              throw SneakyThrow.rethrow(new InterruptedException());
            });
    assertThat(response).isEqualTo(StreamTrigger.failureAt("s-1"));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void sameSequenceNumber_inAnotherStream_isProcessed() throws IOException {
    String json = StreamTrigger.DYNAMODB.event("a");
    run(StreamTrigger.DYNAMODB, json);
    run(StreamTrigger.DYNAMODB, json.replace("table/orders/", "table/bills/"));
    run(StreamTrigger.KINESIS, StreamTrigger.KINESIS.event("a"));
    run(
        StreamTrigger.KINESIS,
        StreamTrigger.KINESIS.event("a").replace("shardId-000000000001", "shardId-2"));
    assertThat(fixture.processed).hasSize(4);
  }
}
