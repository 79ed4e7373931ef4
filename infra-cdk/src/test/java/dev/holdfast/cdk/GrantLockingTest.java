package dev.holdfast.cdk;

import static dev.holdfast.cdk.SynthesizedTemplate.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.ManagedPolicy;

final class GrantLockingTest {

  private static LockTable locks;
  private static Map<String, JsonNode> policies;

  @BeforeAll
  static void synthesize() {
    Stack stack = new Stack(new App(), "Stack");
    locks = new LockTable(stack, "Locks");
    locks.grantLocking(new ManagedPolicy(stack, "Whole"));
    locks.grantLocking(new ManagedPolicy(stack, "Orders"), "orders/");
    ManagedPolicy both = new ManagedPolicy(stack, "Both");
    locks.grantLocking(both, "orders/");
    locks.grantLocking(both, "stock/");
    LockTable.fromTableName(stack, "Theirs", "their-locks")
        .grantLocking(new ManagedPolicy(stack, "Imported"));
    policies = SynthesizedTemplate.of(stack).propertiesByLogicalId("AWS::IAM::ManagedPolicy");
  }

  @Test
  void wholeTable_allowsPutAndDelete_onThatTableOnly() {
    assertThat(policyDocument("Whole"))
        .isEqualTo(
            json(
                """
                {
                  "Version": "2012-10-17",
                  "Statement": [{
                    "Effect": "Allow",
                    "Action": ["dynamodb:DeleteItem", "dynamodb:PutItem"],
                    "Resource": {"Fn::GetAtt": ["Locks3E7D824A", "Arn"]}
                  }]
                }
                """));
  }

  @Test
  void prefix_allowsPutAndDelete_onKeysWithThatPrefixOnly() {
    assertThat(policyDocument("Orders"))
        .isEqualTo(
            json(
                """
                {
                  "Version": "2012-10-17",
                  "Statement": [{
                    "Effect": "Allow",
                    "Action": ["dynamodb:DeleteItem", "dynamodb:PutItem"],
                    "Resource": {"Fn::GetAtt": ["Locks3E7D824A", "Arn"]},
                    "Condition": {
                      "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["orders/*"]},
                      "Null": {"dynamodb:LeadingKeys": "false"}
                    }
                  }]
                }
                """));
  }

  @Test
  void twoPrefixes_addTwoStatements() {
    assertThat(policyDocument("Both").path("Statement"))
        .extracting(
            statement ->
                statement.at("/Condition/ForAllValues:StringLike/dynamodb:LeadingKeys/0").asText())
        .containsExactly("orders/*", "stock/*");
  }

  @Test
  void importedTable_isNamedByArn() {
    assertThat(policyDocument("Imported"))
        .isEqualTo(
            json(
                """
                {
                  "Version": "2012-10-17",
                  "Statement": [{
                    "Effect": "Allow",
                    "Action": ["dynamodb:DeleteItem", "dynamodb:PutItem"],
                    "Resource": {"Fn::Join": ["", [
                      "arn:", {"Ref": "AWS::Partition"}, ":dynamodb:", {"Ref": "AWS::Region"}, ":",
                      {"Ref": "AWS::AccountId"}, ":table/their-locks"
                    ]]}
                  }]
                }
                """));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "orders/*", "order?/", "${aws:username}/", "a${"})
  void invalidPrefix_isRejected_withAllowedFormat(String prefix) {
    ManagedPolicy policy = new ManagedPolicy(new Stack(new App(), "Other"), "Policy");
    assertThatThrownBy(() -> locks.grantLocking(policy, prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "key prefix must be a literal of at least one character without *, ? and ${, for"
                + " example orders/, got '%s': omit it to allow every key",
            prefix);
  }

  @Test
  void tokenAsPrefix_isRejected() {
    Stack stack = new Stack(new App(), "Other");
    String prefix = new CfnParameter(stack, "Prefix").getValueAsString();
    ManagedPolicy policy = new ManagedPolicy(stack, "Policy");
    assertThatThrownBy(() -> locks.grantLocking(policy, prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be a literal");
  }

  private static JsonNode policyDocument(String id) {
    return policies.entrySet().stream()
        .filter(policy -> policy.getKey().startsWith(id))
        .map(policy -> policy.getValue().path("PolicyDocument"))
        .findAny()
        .orElseThrow();
  }
}
