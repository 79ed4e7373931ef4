package dev.holdfast.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The judge against cases of IAM's rules. */
class IamPolicyTest {
  private static final String LOCKS = Access.TABLES + "locks";

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
  void actions(String allowed, String asked, boolean allows) {
    IamPolicy policy = policy("\"Action\": \"%s\", \"Resource\": \"*\"", allowed);
    assertThat(policy.allows(new Access(asked, LOCKS, List.of("a")))).isEqualTo(allows);
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
  void resources(String allowed, boolean allows) {
    IamPolicy policy = policy("\"Action\": \"dynamodb:PutItem\", \"Resource\": \"%s\"", allowed);
    assertThat(policy.allows(put("a"))).isEqualTo(allows);
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
  void leadingKeys(String operator, String expected, String key, boolean allows) {
    assertThat(conditional(operator, expected).allows(put(key))).isEqualTo(allows);
  }

  @ParameterizedTest
  @CsvSource({
    "ForAllValues:StringLike, orders/*, true",
    "ForAnyValue:StringLike,  orders/*, false",
    "Null,                    false,    false",
    "Null,                    true,     true",
  })
  void requestWithoutAKey(String operator, String expected, boolean allows) {
    Access scan = new Access("dynamodb:PutItem", LOCKS, List.of());
    assertThat(conditional(operator, expected).allows(scan)).isEqualTo(allows);
  }

  @Test
  void conditions_mustAllHold() {
    IamPolicy policy = DeployedFiles.policy("locking-of-a-prefix", "locks");
    assertThat(policy.allows(put("contract/1"))).isTrue();
    assertThat(policy.allows(put("other/1"))).isFalse();
    assertThat(policy.allows(new Access("dynamodb:PutItem", LOCKS, List.of()))).isFalse();
  }

  @Test
  void statementThatDenies_wins_whateverTheOrder() {
    String allow = "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}";
    String deny =
        "{\"Effect\": \"Deny\", \"Action\": \"dynamodb:PutItem\", \"Resource\": \"%s\"}"
            .formatted(LOCKS);
    for (String statements : List.of(allow + "," + deny, deny + "," + allow)) {
      IamPolicy policy = IamPolicy.parse("{\"Statement\": [" + statements + "]}", Map.of());
      assertThat(policy.allows(put("a"))).isFalse();
      assertThat(policy.allows(new Access("dynamodb:DeleteItem", LOCKS, List.of("a")))).isTrue();
    }
  }

  @Test
  void allBut_isTheRest() {
    IamPolicy policy = policy("\"NotAction\": \"%s\", \"Resource\": \"*\"", "dynamodb:Scan");
    assertThat(policy.allows(put("a"))).isTrue();
    assertThat(policy.allows(new Access("dynamodb:Scan", LOCKS, List.of()))).isFalse();
    IamPolicy elsewhere = policy("\"Action\": \"*\", \"NotResource\": \"%s\"", LOCKS);
    assertThat(elsewhere.allows(put("a"))).isFalse();
  }

  @Test
  void emptyPolicy_allowsNothing() {
    assertThat(IamPolicy.parse("{\"Statement\": []}", Map.of()).allows(put("a"))).isFalse();
  }

  @Test
  void transaction_needsWhatItsPartsNeed() {
    String request =
        """
        {"TransactItems": [
          {"ConditionCheck": {"TableName": "locks", "Key": {"resource_id": {"S": "a"}}}},
          {"Put": {"TableName": "%s", "Item": {"resource_id": {"S": "b"}}}},
          {"Update": {"TableName": "shop", "Key": {"order": {"S": "c"}}}}
        ]}
        """
            .formatted(LOCKS);
    assertThat(Access.of("TransactWriteItems", request))
        .containsExactly(
            new Access("dynamodb:ConditionCheckItem", LOCKS, List.of("a")),
            new Access("dynamodb:PutItem", LOCKS, List.of("b")),
            new Access("dynamodb:UpdateItem", Access.TABLES + "shop", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Principal\": \"*\", \"Resource\": \"%s\"",
        "\"Resource\": \"%s\", \"Condition\": {\"IpAddress\": {\"dynamodb:LeadingKeys\": \"a\"}}",
        "\"Resource\": \"%s\", \"Condition\": {\"Null\": {\"aws:SourceIp\": \"true\"}}"
      })
  void whatIsNotKnown_isNotJudged(String statement) {
    assertThatThrownBy(() -> policy("\"Action\": \"*\", " + statement, "*"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("this judge does not know the ");
  }

  private static IamPolicy conditional(String operator, String expected) {
    String condition =
        "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\":"
            + " {\"%s\": {\"dynamodb:LeadingKeys\": [\"%%s\"]}}";
    return policy(condition.formatted(operator), expected);
  }

  private static IamPolicy policy(String statement, String value) {
    String json = "{\"Statement\": {\"Effect\": \"Allow\", " + statement.formatted(value) + "}}";
    return IamPolicy.parse(json, Map.of());
  }

  private static Access put(String key) {
    return new Access("dynamodb:PutItem", LOCKS, List.of(key));
  }
}
