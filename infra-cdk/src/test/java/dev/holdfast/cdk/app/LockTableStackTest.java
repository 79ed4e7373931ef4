package dev.holdfast.cdk.app;

import static dev.holdfast.cdk.SynthesizedTemplate.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cdk.SynthesizedTemplate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class LockTableStackTest {

  private static SynthesizedTemplate template;

  @BeforeAll
  static void synthesize() {
    template = SynthesizedApp.WITH_SAMPLES.template("HoldfastLocks");
  }

  @Test
  void managedPolicy_allowsLockingOnly() {
    assertThat(template.onlyResourceProperties("AWS::IAM::ManagedPolicy").path("PolicyDocument"))
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
  void outputs_nameTableAndPolicy() {
    assertThat(template.root().at("/Outputs/TableName/Value"))
        .isEqualTo(json("{\"Ref\": \"Locks3E7D824A\"}"));
    assertThat(template.root().at("/Outputs/TableArn/Value"))
        .isEqualTo(json("{\"Fn::GetAtt\": [\"Locks3E7D824A\", \"Arn\"]}"));
    assertThat(template.root().at("/Outputs/LockingPolicyArn/Value"))
        .isEqualTo(json("{\"Ref\": \"LockingPolicyFFDCAA5E\"}"));
  }
}
