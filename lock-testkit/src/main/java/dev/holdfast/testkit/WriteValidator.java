package dev.holdfast.testkit;

import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Validates keys and items as DynamoDB does, for a table with one String key. */
record WriteValidator(String table, String key) {
  private static final int MAX_KEY_BYTES = 2048;
  private static final int MAX_ITEM_BYTES = 400 * 1024;
  private static final String INVALID = "One or more parameter values were invalid: ";

  /**
   * Rejects a write that DynamoDB rejects.
   *
   * @param bytes the size of the item
   */
  void validate(TableWrite write, int bytes) {
    if (!isAddressedBy(write.table())) {
      throw ServiceError.tableNotFound().toException();
    }
    if (write.isPut()) {
      checkItem(write.item(), bytes);
    } else {
      checkKeyOnly(write.item());
    }
  }

  /** Returns whether a request addresses this table, by its name or by its ARN. */
  private boolean isAddressedBy(String address) {
    return address.equals(table)
        || (address.startsWith("arn:") && address.endsWith(":table/" + table));
  }

  private void checkItem(Map<String, AttributeValue> item, int bytes) {
    AttributeValue value = item.get(key);
    if (value == null) {
      throw ServiceError.validation(INVALID + "Missing the key " + key + " in the item");
    }
    if (value.type() != AttributeValue.Type.S) {
      throw ServiceError.validation(
          INVALID
              + String.format(
                  Locale.ROOT,
                  "Type mismatch for key %s expected: S actual: %s",
                  key,
                  AttributeValues.typeName(value)));
    }
    checkKeyText(value.s());
    if (bytes > MAX_ITEM_BYTES) {
      throw ServiceError.validation("Item size has exceeded the maximum allowed size");
    }
  }

  private void checkKeyOnly(Map<String, AttributeValue> given) {
    AttributeValue value = given.get(key);
    if (given.size() != 1 || value == null || value.type() != AttributeValue.Type.S) {
      throw ServiceError.validation("The provided key element does not match the schema");
    }
    checkKeyText(value.s());
  }

  private void checkKeyText(String text) {
    if (text.isEmpty()) {
      throw ServiceError.validation(
          "One or more parameter values are not valid. The AttributeValue for a key attribute"
              + " cannot contain an empty string value. Key: "
              + key);
    }
    if (AttributeValues.utf8Length(text) > MAX_KEY_BYTES) {
      throw ServiceError.validation(
          INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes");
    }
  }
}
