package dev.holdfast.testkit.line;

import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * A call on its way.
 *
 * @param name the lock's name
 * @param acquires whether it asks for the lock
 * @param nonce of the body, the same in each copy
 * @param shown for people
 */
record Call(String name, boolean acquires, String nonce, String shown) {
  static Call of(PutItemRequest put) {
    Map<String, AttributeValue> item = put.item();
    String state = text(item, "state");
    String version = text(item, "version");
    boolean acquires = state.equals("HELD") && version.equals("0");
    String what =
        acquires ? "asks for" : state.equals("HELD") ? "renews" : "puts " + state + " for";
    String name = text(item, "resource_id");
    return new Call(name, acquires, text(item, "nonce"), what + " " + name);
  }

  static Call of(DeleteItemRequest delete) {
    String name = text(delete.key(), "resource_id");
    return new Call(name, false, "", "deletes " + name);
  }

  private static String text(Map<String, AttributeValue> item, String attribute) {
    AttributeValue value = Objects.requireNonNull(item.get(attribute), attribute);
    return value.s() == null ? value.n() : value.s();
  }
}
