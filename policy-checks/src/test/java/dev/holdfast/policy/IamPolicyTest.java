package dev.holdfast.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Evaluation of policies, with cases from IAM's rules. */
class IamPolicyTest {
  private static final String LOCKS = AccessRequest.TABLE_ARN_PREFIX + "locks";

  @ParameterizedTest
  @CsvSource({
    "dynamodb:PutItem,          dynamodb:PutItem,    true",
    "dynamodb:PutItem,          dynamodb:DeleteItem, false",
    "DynamoDB:putitem,          dynamodb:PutItem,    true",
    "dynamodb:*,                dynamodb:Scan,       true",
    "dynamodb:Put*,             dynamodb:PutItem,    true",
    "dynamodb:Put*,             dynamodb:GetItem,    false",
    "dynamodb:?utItem,          dynamodb:PutItem,    true",
    "dynamodb:?utItem,          dynamodb:OutputItem, false",
    "*,                         dynamodb:PutItem,    true",
    "sqs:PutItem,               dynamodb:PutItem,    false",
  })
  void action_matchesPattern_ignoringCase(String allowed, String requested, boolean allows) {
    IamPolicy policy = policy("\"Action\": \"%s\", \"Resource\": \"*\"", allowed);
    assertThat(policy.allows(new AccessRequest(requested, LOCKS, List.of("a")))).isEqualTo(allows);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:dynamodb:us-east-1:123456789012:table/locks,   true",
    "arn:aws:dynamodb:us-east-1:123456789012:table/lock,    false",
    "arn:aws:dynamodb:us-east-1:123456789012:table/locks2,  false",
    "arn:aws:dynamodb:us-east-1:123456789012:table/Locks,   false",
    "arn:aws:dynamodb:us-east-1:123456789012:table/*,       true",
    "arn:aws:dynamodb:us-east-1:*:table/locks,              true",
    "arn:aws:dynamodb:us-east-1:999999999999:table/locks,   false",
    "arn:aws:dynamodb:us-west-2:123456789012:table/locks,   false",
    "arn:aws:dynamodb:*,                                    false",
    "arn:aws:dynamodb:us-*:123456789012:table/l?cks,        true",
    "*,                                                     true",
  })
  void resource_matchesArnPattern(String allowed, boolean allows) {
    IamPolicy policy = policy("\"Action\": \"dynamodb:PutItem\", \"Resource\": \"%s\"", allowed);
    assertThat(policy.allows(putItemRequest("a"))).isEqualTo(allows);
  }

  @ParameterizedTest
  @CsvSource({
    "ForAllValues:StringLike,   orders/*, orders/17,  true",
    "ForAllValues:StringLike,   orders/*, orders/,    true",
    "ForAllValues:StringLike,   orders/*, orders,     false",
    "ForAllValues:StringLike,   orders/*, Orders/17,  false",
    "ForAllValues:StringLike,   orders/*, x-orders/1, false",
    "ForAllValues:StringLike,   a.c*,     abc,        false",
    "ForAllValues:StringLike,   orders/?, orders/17,  false",
    "ForAnyValue:StringLike,    orders/*, orders/17,  true",
    "ForAnyValue:StringLike,    orders/*, stock/17,   false",
    "ForAllValues:StringEquals, orders/*, orders/17,  false",
    "ForAllValues:StringEquals, orders/*, orders/*,   true",
    "ForAnyValue:StringEquals,  orders/1, orders/1,   true",
    "Null,                      false,    orders/1,   true",
    "Null,                      true,     orders/1,   false",
  })
  void leadingKeysCondition_isEvaluatedByOperator(
      String operator, String expected, String key, boolean allows) {
    assertThat(policyWithCondition(operator, expected).allows(putItemRequest(key)))
        .isEqualTo(allows);
  }

  @ParameterizedTest
  @CsvSource({
    "ForAllValues:StringLike, orders/*, true",
    "ForAnyValue:StringLike,  orders/*, false",
    "Null,                    false,    false",
    "Null,                    true,     true",
  })
  void leadingKeysCondition_requestWithoutKey_isEvaluatedByOperator(
      String operator, String expected, boolean allows) {
    AccessRequest request = new AccessRequest("dynamodb:PutItem", LOCKS, List.of());
    assertThat(policyWithCondition(operator, expected).allows(request)).isEqualTo(allows);
  }

  @Test
  void conditions_mustAllHold() {
    IamPolicy policy = TemplateSnapshots.policy("locking-with-prefix", "locks");
    assertThat(policy.allows(putItemRequest("contract/1"))).isTrue();
    assertThat(policy.allows(putItemRequest("other/1"))).isFalse();
    assertThat(policy.allows(new AccessRequest("dynamodb:PutItem", LOCKS, List.of()))).isFalse();
  }

  @Test
  void denyStatement_overridesAllow_inAnyOrder() {
    String allow = "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}";
    String deny =
        "{\"Effect\": \"Deny\", \"Action\": \"dynamodb:PutItem\", \"Resource\": \"%s\"}"
            .formatted(LOCKS);
    for (String statements : List.of(allow + "," + deny, deny + "," + allow)) {
      IamPolicy policy = IamPolicy.parse("{\"Statement\": [" + statements + "]}", Map.of());
      assertThat(policy.allows(putItemRequest("a"))).isFalse();
      assertThat(policy.allows(new AccessRequest("dynamodb:DeleteItem", LOCKS, List.of("a"))))
          .isTrue();
    }
  }

  @Test
  void notActionAndNotResource_matchEverythingElse() {
    IamPolicy policy = policy("\"NotAction\": \"%s\", \"Resource\": \"*\"", "dynamodb:Scan");
    assertThat(policy.allows(putItemRequest("a"))).isTrue();
    assertThat(policy.allows(new AccessRequest("dynamodb:Scan", LOCKS, List.of()))).isFalse();
    IamPolicy otherTables = policy("\"Action\": \"*\", \"NotResource\": \"%s\"", LOCKS);
    assertThat(otherTables.allows(putItemRequest("a"))).isFalse();
  }

  @Test
  void emptyPolicy_allowsNothing() {
    assertThat(IamPolicy.parse("{\"Statement\": []}", Map.of()).allows(putItemRequest("a")))
        .isFalse();
  }

  @Test
  void transaction_needsPermissionForEachPart() {
    String request =
        """
        {"TransactItems": [
          {"ConditionCheck": {"TableName": "locks", "Key": {"resource_id": {"S": "a"}}}},
          {"Put": {"TableName": "%s", "Item": {"resource_id": {"S": "b"}}}},
          {"Update": {"TableName": "shop", "Key": {"order": {"S": "c"}}}}
        ]}
        """
            .formatted(LOCKS);
    assertThat(AccessRequest.parse("TransactWriteItems", request))
        .containsExactly(
            new AccessRequest("dynamodb:ConditionCheckItem", LOCKS, List.of("a")),
            new AccessRequest("dynamodb:PutItem", LOCKS, List.of("b")),
            new AccessRequest(
                "dynamodb:UpdateItem", AccessRequest.TABLE_ARN_PREFIX + "shop", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Principal\": \"*\", \"Resource\": \"%s\"",
        "\"Resource\": \"%s\", \"Condition\": {\"IpAddress\": {\"dynamodb:LeadingKeys\": \"a\"}}",
        "\"Resource\": \"%s\", \"Condition\": {\"Null\": {\"aws:SourceIp\": \"true\"}}"
      })
  void unsupportedElement_isRejected(String statement) {
    assertThatThrownBy(() -> policy("\"Action\": \"*\", " + statement, "*"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(" must be a supported one, got ");
  }

  private static IamPolicy policyWithCondition(String operator, String expected) {
    String condition =
        "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\":"
            + " {\"%s\": {\"dynamodb:LeadingKeys\": [\"%%s\"]}}";
    return policy(condition.formatted(operator), expected);
  }

  private static IamPolicy policy(String statement, String value) {
    String json = "{\"Statement\": {\"Effect\": \"Allow\", " + statement.formatted(value) + "}}";
    return IamPolicy.parse(json, Map.of());
  }

  private static AccessRequest putItemRequest(String key) {
    return new AccessRequest("dynamodb:PutItem", LOCKS, List.of(key));
  }
}
