package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.S3Notification;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.testkit.OtherHost;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockedS3HandlerTest {
  private final GuardFixture fixture = new GuardFixture();

  private final class ImportHandler extends LockedS3Handler {
    ImportHandler(Guard guard) {
      super(guard);
    }

    @Override
    protected void handle(S3EventNotificationRecord record, Lease lease, Context context) {
      fixture.process(lease.name() + " " + key(record));
    }
  }

  private String invoke(Guard guard, String event) throws IOException {
    return InProcessInvoker.of(new ImportHandler(guard)).invoke(event, fixture.context());
  }

  private static String putEvent(String key, String sequencer) {
    return SampleEvents.s3(S3Notification.put("orders", key, sequencer));
  }

  @Test
  void handleRequest_object_isLockedByBucketAndDecodedKey() throws IOException {
    assertThat(invoke(fixture.guard(), putEvent("in/a b+é.csv", "01"))).isEqualTo("null");
    assertThat(fixture.processed).containsExactly("orders/in/a b+é.csv in/a b+é.csv");
  }

  @Test
  void handleRequest_eventTwice_isProcessedOnce_nextChangeIsProcessed() throws IOException {
    invoke(fixture.deduplicatingGuard(), putEvent("a.csv", "01"));
    invoke(fixture.deduplicatingGuard(), putEvent("a.csv", "01"));
    invoke(fixture.deduplicatingGuard(), putEvent("a.csv", "02"));
    assertThat(fixture.processed).hasSize(2);
  }

  @Test
  void handleRequest_anotherVersionBucketOrKey_isProcessed() throws IOException {
    S3Notification change = S3Notification.put("orders", "a.csv", "01");
    invoke(fixture.deduplicatingGuard(), SampleEvents.s3(change));
    invoke(fixture.deduplicatingGuard(), SampleEvents.s3(change.version("v1")));
    invoke(fixture.deduplicatingGuard(), SampleEvents.s3(change.version("v2")));
    invoke(
        fixture.deduplicatingGuard(), SampleEvents.s3(S3Notification.put("bills", "a.csv", "01")));
    invoke(
        fixture.deduplicatingGuard(), SampleEvents.s3(S3Notification.put("orders", "b.csv", "01")));
    assertThat(fixture.processed).hasSize(5);
  }

  @Test
  void handleRequest_busyObject_fails() {
    OtherHost.on(fixture.table, fixture.time).acquire("orders/a.csv");
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> invoke(fixture.deduplicatingGuard(), putEvent("a.csv", "01")));
    assertThat(fixture.table.rows()).containsOnlyKeys("orders/a.csv");
  }

  @Test
  void handleRequest_missingSequencer_isRefusedOnlyWithDeduplication() throws IOException {
    invoke(fixture.guard(), putEvent("a.csv", ""));
    assertThat(fixture.processed).hasSize(1);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> invoke(fixture.deduplicatingGuard(), putEvent("a.csv", "")))
        .withMessageContaining("no sequencer");
    assertThat(fixture.processed).hasSize(1);
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
  void handleRequest_notAnS3Event_isRefused(String event) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> invoke(fixture.deduplicatingGuard(), event));
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void handleRequest_deeplyNestedEvent_isRefused() {
    String deep = "{\"Records\":" + "[".repeat(200_000);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> invoke(fixture.guard(), deep));
  }
}
