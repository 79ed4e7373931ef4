package dev.holdfast.demo.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** A function's answer to a batch, as Lambda reads it with {@code ReportBatchItemFailures}. */
final class BatchResponse {
  private static final JsonMapper JSON = new JsonMapper();

  private BatchResponse() {}

  /**
   * Which messages failed.
   *
   * @param payload the answer; nothing, null or an empty list means that all succeeded, an id that
   *     was not in the batch or is no text that all failed, and so does anything else
   * @param messageIds the ids of the batch
   */
  static Set<String> failedMessageIds(String payload, Collection<String> messageIds) {
    JsonNode response = read(payload);
    JsonNode failures = response.path("batchItemFailures");
    if (response.isMissingNode() || response.isNull() || failures.isNull()) {
      return Set.of();
    }
    if (response.isObject() && failures.isMissingNode()) {
      return Set.of();
    }
    if (!failures.isArray()) {
      return Set.copyOf(messageIds);
    }
    Set<String> failed = new HashSet<>();
    failures.forEach(failure -> failed.add(failure.path("itemIdentifier").asText("")));
    return messageIds.containsAll(failed) ? failed : Set.copyOf(messageIds);
  }

  private static JsonNode read(String payload) {
    try {
      return JSON.readTree(payload);
    } catch (JsonProcessingException notJson) {
      return JSON.getNodeFactory().textNode(payload);
    }
  }
}
