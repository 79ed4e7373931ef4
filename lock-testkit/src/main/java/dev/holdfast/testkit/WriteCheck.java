package dev.holdfast.testkit;

import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What DynamoDB demands of keys and items, for a table whose one key is a String. */
record WriteCheck(String table, String key) {
  private static final int KEY_BYTES_MAX = 2048;
  private static final int ITEM_BYTES_MAX = 400 * 1024;
  private static final String INVALID = "One or more parameter values were invalid: ";

  /**
   * Refuses what DynamoDB refuses.
   *
   * @param bytes the size of the item
   */
  void check(Write write, int bytes) {
    if (!names(write.table())) {
      throw ServiceError.tableMissing().exception();
    }
    if (write.isPut()) {
      checkItem(write.item(), bytes);
    } else {
      checkKeyAlone(write.item());
    }
  }

  /** A table is addressed by its name or by its ARN. */
  private boolean names(String address) {
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
                  Values.typeName(value)));
    }
    checkKeyText(value.s());
    if (bytes > ITEM_BYTES_MAX) {
      throw ServiceError.validation("Item size has exceeded the maximum allowed size");
    }
  }

  private void checkKeyAlone(Map<String, AttributeValue> given) {
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
    if (Values.utf8Length(text) > KEY_BYTES_MAX) {
      throw ServiceError.validation(
          INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes");
    }
  }
}
