package dev.holdfast.verification.waitqueue;

import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * A request in progress.
 *
 * @param name the name of the lock
 * @param isAcquire whether it acquires the lock
 * @param nonce the nonce of the body, equal in each copy
 * @param description the text for the trace
 */
record TableRequest(String name, boolean isAcquire, String nonce, String description) {
  static TableRequest fromRequest(PutItemRequest put) {
    Map<String, AttributeValue> item = put.item();
    String state = attributeText(item, "state");
    String version = attributeText(item, "version");
    boolean isAcquire = state.equals("HELD") && version.equals("0");
    String verb =
        isAcquire
            ? "attempts to acquire"
            : state.equals("HELD") ? "renews" : "puts " + state + " for";
    String name = attributeText(item, "resource_id");
    return new TableRequest(name, isAcquire, attributeText(item, "nonce"), verb + " " + name);
  }

  static TableRequest fromRequest(DeleteItemRequest delete) {
    String name = attributeText(delete.key(), "resource_id");
    return new TableRequest(name, false, "", "deletes " + name);
  }

  private static String attributeText(Map<String, AttributeValue> item, String attribute) {
    AttributeValue value = Objects.requireNonNull(item.get(attribute), attribute);
    return value.s() == null ? value.n() : value.s();
  }
}
