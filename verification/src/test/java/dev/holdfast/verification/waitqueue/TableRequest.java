package dev.holdfast.verification.waitqueue;

import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * A call on its way.
 *
 * @param name the lock's name
 * @param isAcquire whether it asks for the lock
 * @param nonce of the body, the same in each copy
 * @param description for people
 */
record TableRequest(String name, boolean isAcquire, String nonce, String description) {
  static TableRequest fromRequest(PutItemRequest put) {
    Map<String, AttributeValue> item = put.item();
    String state = attributeText(item, "state");
    String version = attributeText(item, "version");
    boolean isAcquire = state.equals("HELD") && version.equals("0");
    String verb =
        isAcquire ? "attempts to acquire" : state.equals("HELD") ? "renews" : "puts " + state + " for";
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
