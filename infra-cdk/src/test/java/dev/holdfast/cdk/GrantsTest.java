package dev.holdfast.cdk;

import static dev.holdfast.cdk.SynthesizedTemplate.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.ManagedPolicy;

/** Grants other than locking, on a table with the AWS owned key. Each adds one statement. */
final class GrantsTest {

  private static Map<String, JsonNode> policies;

  @BeforeAll
  static void synthesize() {
    Stack stack = new Stack(new App(), "Stack");
    LockTable locks = new LockTable(stack, "Locks");
    locks.grantOwnershipChecks(new ManagedPolicy(stack, "Checks"));
    locks.grantInspection(new ManagedPolicy(stack, "Inspection"));
    locks.grantAdministration(new ManagedPolicy(stack, "Administration"));
    policies = SynthesizedTemplate.of(stack).propertiesByLogicalId("AWS::IAM::ManagedPolicy");
  }

  @Test
  void grantOwnershipChecks_allowsConditionCheckItemOnly() {
    assertThat(policyDocument("Checks"))
        .isEqualTo(
            json(
                """
                {
                  "Version": "2012-10-17",
                  "Statement": [{
                    "Effect": "Allow",
                    "Action": "dynamodb:ConditionCheckItem",
                    "Resource": {"Fn::GetAtt": ["Locks3E7D824A", "Arn"]}
                  }]
                }
                """));
  }

  @Test
  void grantInspection_allowsReadActionsOnly() {
    assertThat(policyDocument("Inspection"))
        .isEqualTo(
            json(
                """
                {
                  "Version": "2012-10-17",
                  "Statement": [{
                    "Effect": "Allow",
                    "Action": [
                      "dynamodb:DescribeTable",
                      "dynamodb:DescribeTimeToLive",
                      "dynamodb:GetItem",
                      "dynamodb:ListTagsOfResource",
                      "dynamodb:Query",
                      "dynamodb:Scan"
                    ],
                    "Resource": {"Fn::GetAtt": ["Locks3E7D824A", "Arn"]}
                  }]
                }
                """));
  }

  @Test
  void grantAdministration_listsEachAction_onThatTableOnly() {
    assertThat(policyDocument("Administration"))
        .isEqualTo(
            json(
                """
                {
                  "Version": "2012-10-17",
                  "Statement": [{
                    "Effect": "Allow",
                    "Action": [
                      "dynamodb:DeleteItem",
                      "dynamodb:DeleteTable",
                      "dynamodb:DescribeTable",
                      "dynamodb:DescribeTimeToLive",
                      "dynamodb:GetItem",
                      "dynamodb:ListTagsOfResource",
                      "dynamodb:PutItem",
                      "dynamodb:Query",
                      "dynamodb:Scan",
                      "dynamodb:TagResource",
                      "dynamodb:UntagResource",
                      "dynamodb:UpdateTable",
                      "dynamodb:UpdateTimeToLive"
                    ],
                    "Resource": {"Fn::GetAtt": ["Locks3E7D824A", "Arn"]}
                  }]
                }
                """));
  }

  @Test
  void grantAdministration_includesInspectionAndLocking() {
    Set<String> included = new TreeSet<>(Permission.LOCKING.actions());
    included.addAll(Permission.INSPECTION.actions());
    assertThat(Permission.ADMINISTRATION.actions()).containsAll(included);
  }

  private static JsonNode policyDocument(String id) {
    return policies.entrySet().stream()
        .filter(policy -> policy.getKey().startsWith(id))
        .map(policy -> policy.getValue().path("PolicyDocument"))
        .findAny()
        .orElseThrow();
  }
}
