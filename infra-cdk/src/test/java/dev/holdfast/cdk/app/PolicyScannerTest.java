package dev.holdfast.cdk.app;

import static dev.holdfast.cdk.SynthesizedTemplate.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cdk.SynthesizedTemplate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyScannerTest {

  @Test
  void lockTableStack_allowsLockingOnly() {
    assertThat(PolicyScanner.findings(SynthesizedApp.WITH_SAMPLES.template("HoldfastLocks")))
        .isEmpty();
  }

  @Test
  void samplesStack_allowsLockingAndLedgerUpdatesOnly() {
    String write = ": action dynamodb:UpdateItem on {\"Fn::GetAtt\":[\"LedgerB7379752\",\"Arn\"]}";
    assertThat(PolicyScanner.findings(SynthesizedApp.WITH_SAMPLES.template("HoldfastSamples")))
        .containsExactlyInAnyOrder(
            "ShipOrderRoleDefaultPolicy6150C3F7" + write,
            "NightlyReportRoleDefaultPolicy5F9EEE90" + write,
            "RebuildIndexRoleDefaultPolicy8D550AB5" + write);
  }

  @Test
  void everyStack_isScanned() {
    assertThat(SynthesizedApp.WITH_SAMPLES.templates())
        .containsOnlyKeys("HoldfastLocks", "HoldfastSamples");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dynamodb:GetItem",
        "dynamodb:UpdateItem",
        "DynamoDB:query",
        "dynamodb:*",
        "dynamodb:Put*",
        "dynamodb:?utItem",
        "dyna*",
        "*"
      })
  void canary_actionBeyondLocking_isReported(String action) {
    assertThat(
            findings(
                """
                {"PolicyDocument": {"Statement": [
                  {"Effect": "Allow", "Action": ["dynamodb:PutItem", "%s"], "Resource": "arn"}
                ]}}
                """
                    .formatted(action)))
        .containsExactly("Canary: action " + action + " on \"arn\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"*\"", "[\"arn\", \"*\"]"})
  void canary_wildcardResource_isReported(String resource) {
    assertThat(
            findings(
                """
                {"PolicyDocument": {"Statement": {
                  "Effect": "Allow", "Action": "dynamodb:PutItem", "Resource": %s
                }}}
                """
                    .formatted(resource)))
        .containsExactly("Canary: resource *");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NotAction", "NotResource", "NotPrincipal"})
  void canary_negatedElement_isReported(String element) {
    assertThat(
            findings(
                """
                {"PolicyDocument": {"Statement": [{"Effect": "Allow", "%s": "x"}]}}
                """
                    .formatted(element)))
        .containsExactly("Canary: " + element);
  }

  @Test
  void canary_inlinePolicy_isReported() {
    assertThat(
            findings(
                """
                {"Policies": [{"PolicyDocument": {"Statement": [
                  {"Effect": "Allow", "Action": "dynamodb:Scan", "Resource": "arn"}
                ]}}]}
                """))
        .containsExactly("Canary: action dynamodb:Scan on \"arn\"");
  }

  @Test
  void canary_awsManagedPolicy_isReported() {
    assertThat(findings("{\"ManagedPolicyArns\": [\"arn:of:AWS\"]}"))
        .containsExactly("Canary: managed policy arn:of:AWS");
  }

  @Test
  void denyStatement_isNotReported() {
    assertThat(
            findings(
                """
                {"PolicyDocument": {"Statement": [
                  {"Effect": "Deny", "Action": "sqs:*", "Resource": "*"}
                ]}}
                """))
        .isEmpty();
  }

  private static List<String> findings(String properties) {
    return PolicyScanner.findings(
        new SynthesizedTemplate(
            json("{\"Resources\": {\"Canary\": {\"Properties\": %s}}}".formatted(properties))));
  }
}
