package dev.holdfast.cdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a caller of a table may do with the table's customer managed key, through DynamoDB and in no
 * other way. The actions are those that DynamoDB's guide asks of such callers, each by its name
 * where the guide has a pattern; making grants on the key is left to whoever creates the table.
 */
enum KmsPermission {
  DECRYPT("kms:Decrypt", "kms:DescribeKey"),

  ENCRYPT_DECRYPT(
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey",
      "kms:GenerateDataKeyWithoutPlaintext",
      "kms:ReEncryptFrom",
      "kms:ReEncryptTo");

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
  private final List<String> actions;

  KmsPermission(String... actions) {
    this.actions = List.of(actions);
  }

  List<String> actions() {
    return actions;
  }

  /** The condition of one policy statement: the request comes from DynamoDB in that Region. */
  static Map<String, Map<String, Object>> viaDynamoDbCondition(String region) {
    String service = String.format(Locale.ROOT, "dynamodb.%s.amazonaws.com", region);
    return Map.of("StringEquals", Map.of("kms:ViaService", service));
  }
}
