package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.OtherHost;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamBatchTest {
  private final Bench bench = new Bench();
  private final OtherHost other = OtherHost.on(bench.table, bench.time);

  private String run(Streams stream, String json) throws IOException {
    return run(stream, json, bench::work);
  }

  private String run(Streams stream, String json, Consumer<String> work) throws IOException {
    return stream.run(bench.remembering(), work, json, bench.context());
  }

  private void failingAt(String bad, String data) {
    bench.work(data);
    if (data.equals(bad)) {
      throw new IllegalStateException("no " + data);
    }
  }

  @ParameterizedTest
  @EnumSource
  void batch_isHandledInOrder(Streams stream) throws IOException {
    assertThat(run(stream, stream.event("a", "b", "c"))).isEqualTo(Streams.ALL_DONE);
    assertThat(bench.done).containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @EnumSource
  void numberThatWouldBeReportedAsAnother_isRefusedBeforeAnything(Streams stream) {
    String json = stream.event("a", "b", "c").replace("\"s-3\"", "\"s-\\ud800\"");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> run(stream, json))
        .withMessageContaining("must have a sequence number of valid Unicode")
        .withMessageContaining("Records[2]");
    assertThat(bench.counts().puts()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void recordThatFails_endsTheBatchThere_andTheNextBeginsWithIt(Streams stream) throws IOException {
    String json = stream.event("a", "b", "c");
    assertThat(run(stream, json, data -> failingAt("b", data))).isEqualTo(Streams.failedAt("s-2"));
    assertThat(bench.done).containsExactly("a", "b");

    assertThat(run(stream, json)).isEqualTo(Streams.ALL_DONE);
    assertThat(bench.done).as("a is remembered").containsExactly("a", "b", "b", "c");
  }

  @ParameterizedTest
  @EnumSource
  void errorOfTheWork_endsTheBatchThere_andWhatWasDoneStaysDone(Streams stream) throws IOException {
    String reply =
        run(
            stream,
            stream.event("a", "b", "c"),
            data -> {
              bench.work(data);
              if (data.equals("b")) {
                throw new StackOverflowError();
              }
            });
    assertThat(reply).isEqualTo(Streams.failedAt("s-2"));
    assertThat(bench.table.rows()).as("a's event alone").hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void busyRecord_isWaitedFor_thenTheBatchEndsThere(Streams stream) throws IOException {
    other.holds("order-b");
    assertThat(run(stream, stream.event("a", "b", "c"))).isEqualTo(Streams.failedAt("s-2"));
    assertThat(bench.done).containsExactly("a");
    assertThat(bench.time.wall()).isAfter("2026-01-01T00:00:02Z");
  }

  @ParameterizedTest
  @EnumSource
  void busyRecord_thatBecomesFree_isHandledInItsPlace(Streams stream) throws IOException {
    var theirs = other.holds("order-b");
    bench.time.after(Duration.ofMillis(700), theirs::close);
    assertThat(run(stream, stream.event("a", "b", "c"))).isEqualTo(Streams.ALL_DONE);
    assertThat(bench.done).containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @EnumSource
  void tableSilent_endsTheBatchThere(Streams stream) throws IOException {
    bench.table.faults().every(Fault.UNREACHABLE);
    assertThat(run(stream, stream.event("a", "b"))).isEqualTo(Streams.failedAt("s-1"));
    assertThat(bench.done).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void recordThatMayTakeAsLongAsTheLongest_isNotBegun(Streams stream) throws IOException {
    String reply =
        run(
            stream,
            stream.event("a", "b", "c"),
            data -> {
              bench.work(data);
              bench.time.advance(Duration.ofMillis(1_400));
            });
    assertThat(reply).isEqualTo(Streams.failedAt("s-3"));
    assertThat(bench.done).containsExactly("a", "b");
  }

  @ParameterizedTest
  @EnumSource
  void recordWithoutASequenceNumber_isRefusedBeforeAnything(Streams stream) {
    for (String name : new String[] {"sequenceNumber", "SequenceNumber"}) {
      String json = stream.event("a", "b").replace("\"" + name + "\":\"s-2\"", "\"x\":\"\"");
      if (!json.equals(stream.event("a", "b"))) {
        assertThatExceptionOfType(InvalidEventException.class)
            .isThrownBy(() -> run(stream, json))
            .withMessageContaining("Records[1]");
      }
    }
    assertThat(bench.counts().puts()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void whatNoStreamSends_isRefused(Streams stream) {
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
    assertThat(bench.counts().puts()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void tumblingWindow_isRefusedByName(Streams stream) {
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
  void interruptedWork_endsTheBatchAndTheInterruptIsKept(Streams stream) throws IOException {
    String reply =
        run(
            stream,
            stream.event("a", "b"),
            data -> {
              throw Unchecked.rethrown(new InterruptedException());
            });
    assertThat(reply).isEqualTo(Streams.failedAt("s-1"));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void sameNumberInAnotherStream_isAnotherRecord() throws IOException {
    String json = Streams.DYNAMODB.event("a");
    run(Streams.DYNAMODB, json);
    run(Streams.DYNAMODB, json.replace("table/orders/", "table/bills/"));
    run(Streams.KINESIS, Streams.KINESIS.event("a"));
    run(Streams.KINESIS, Streams.KINESIS.event("a").replace("shardId-000000000001", "shardId-2"));
    assertThat(bench.done).hasSize(4);
  }
}
