package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lambda.testkit.S3Change;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.testkit.OtherHost;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockedS3HandlerTest {
  private final Bench bench = new Bench();

  private final class Import extends LockedS3Handler {
    Import(Guard guard) {
      super(guard);
    }

    @Override
    protected void handle(S3EventNotificationRecord happened, Lease lease, Context context) {
      bench.work(lease.name() + " " + key(happened));
    }
  }

  private String imported(Guard guard, String event) throws IOException {
    return InProcess.of(new Import(guard)).invoke(event, bench.context());
  }

  private static String put(String key, String sequencer) {
    return SampleEvents.s3(S3Change.put("orders", key, sequencer));
  }

  @Test
  void handleRequest_object_isLockedByBucketAndDecodedKey() throws IOException {
    assertThat(imported(bench.guard(), put("in/a b+é.csv", "01"))).isEqualTo("null");
    assertThat(bench.done).containsExactly("orders/in/a b+é.csv in/a b+é.csv");
  }

  @Test
  void handleRequest_eventTwice_isHandledOnce_andTheNextChangeIsNot() throws IOException {
    imported(bench.remembering(), put("a.csv", "01"));
    imported(bench.remembering(), put("a.csv", "01"));
    imported(bench.remembering(), put("a.csv", "02"));
    assertThat(bench.done).hasSize(2);
  }

  @Test
  void handleRequest_anotherVersionOrBucketOrKey_isAnotherEvent() throws IOException {
    S3Change change = S3Change.put("orders", "a.csv", "01");
    imported(bench.remembering(), SampleEvents.s3(change));
    imported(bench.remembering(), SampleEvents.s3(change.version("v1")));
    imported(bench.remembering(), SampleEvents.s3(change.version("v2")));
    imported(bench.remembering(), SampleEvents.s3(S3Change.put("bills", "a.csv", "01")));
    imported(bench.remembering(), SampleEvents.s3(S3Change.put("orders", "b.csv", "01")));
    assertThat(bench.done).hasSize(5);
  }

  @Test
  void handleRequest_objectIsBusy_fails() {
    OtherHost.on(bench.table, bench.time).holds("orders/a.csv");
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> imported(bench.remembering(), put("a.csv", "01")));
    assertThat(bench.table.rows()).containsOnlyKeys("orders/a.csv");
  }

  @Test
  void handleRequest_noSequencer_isAnErrorOnlyWhereEventsAreRemembered() throws IOException {
    imported(bench.guard(), put("a.csv", ""));
    assertThat(bench.done).hasSize(1);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> imported(bench.remembering(), put("a.csv", "")))
        .withMessageContaining("no sequencer");
    assertThat(bench.done).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "\"x\"",
        "{\"Records\":[]}",
        "{\"Records\":[null]}",
        "{\"Records\":[{}]}",
        "{\"Records\":[{\"s3\":{}}]}",
        "{\"Records\":[{\"s3\":{\"bucket\":{\"name\":\"b\"}}}]}",
        "{\"Records\":[{\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{}}}]}",
        "{\"Records\":[{\"s3\":{\"bucket\":{\"name\":\"\"},\"object\":{\"key\":\"k\"}}}]}",
        "{\"Records\":[{\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"100%\"}}}]}",
        "{\"Records\":[{\"s3\":7}]}"
      })
  void handleRequest_whatS3DoesNotSend_isRefused(String event) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> imported(bench.remembering(), event));
    assertThat(bench.counts().puts()).isZero();
  }

  @Test
  void handleRequest_nestedWithoutEnd_isRefused() {
    String deep = "{\"Records\":" + "[".repeat(200_000);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> imported(bench.guard(), deep));
  }
}
