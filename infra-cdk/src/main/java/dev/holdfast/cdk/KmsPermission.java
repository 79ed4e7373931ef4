package dev.holdfast.cdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * KMS actions that a caller of a table needs on the table's customer managed key, through DynamoDB
 * only. The actions are those of the DynamoDB Developer Guide. Each is named where the guide has a
 * pattern. kms:CreateGrant is not included, because only the creator of the table needs it.
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

  /** Returns the policy condition that the request comes from DynamoDB in the Region. */
  static Map<String, Map<String, Object>> viaDynamoDbCondition(String region) {
    String service = String.format(Locale.ROOT, "dynamodb.%s.amazonaws.com", region);
    return Map.of("StringEquals", Map.of("kms:ViaService", service));
  }
}
