package dev.holdfast.demo.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads the response of a function to a batch as Lambda does with {@code ReportBatchItemFailures}.
 */
final class BatchResponse {
  private static final JsonMapper JSON = new JsonMapper();

  private BatchResponse() {}

  /**
   * Returns the ids of the failed messages.
   *
   * <p>An empty payload, {@code null} and an empty list mean that all messages succeeded. An id
   * that is not in the batch or is not a string means that all failed, and so does any other
   * response.
   *
   * @param payload the response of the function
   * @param messageIds the ids of the messages in the batch
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
