package dev.holdfast.demo.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchResponseTest {
  private static final Set<String> BATCH = Set.of("m1", "m2");

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "{}", "{\"batchItemFailures\":null}", "{\"batchItemFailures\":[]}"})
  void failedMessageIds_nothingReported_isEmpty(String payload) {
    assertThat(BatchResponse.failedMessageIds(payload, BATCH)).isEmpty();
  }

  @Test
  void failedMessageIds_oneReported_isThatOne() {
    String payload = "{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"}]}";
    assertThat(BatchResponse.failedMessageIds(payload, BATCH)).containsExactly("m2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"m3\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"},{\"itemIdentifier\":\"\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
        "{\"batchItemFailures\":[{\"id\":\"m1\"}]}",
        "{\"batchItemFailures\":\"m1\"}",
        "\"done\"",
        "not json"
      })
  void failedMessageIds_invalidResponse_isWholeBatch(String payload) {
    assertThat(BatchResponse.failedMessageIds(payload, BATCH)).isEqualTo(BATCH);
  }
}
