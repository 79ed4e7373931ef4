package dev.holdfast.cdk;

import static dev.holdfast.cdk.SynthesizedTemplate.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;

final class LockTableConnectTest {

  private Stack stack;
  private LockTable locks;
  private Function function;

  @BeforeEach
  void createFunction() {
    stack = new Stack(new App(), "Stack");
    locks = new LockTable(stack, "Locks");
    function =
        Function.Builder.create(stack, "Function")
            .runtime(Runtime.PYTHON_3_13)
            .handler("index.handler")
            .code(Code.fromInline("def handler(event, context): pass"))
            .build();
  }

  @Test
  void connect_wholeTable_setsTableVariable_andGrantsLocking() {
    locks.connect(function);
    SynthesizedTemplate template = SynthesizedTemplate.of(stack);
    assertThat(
            template.onlyResourceProperties("AWS::Lambda::Function").at("/Environment/Variables"))
        .isEqualTo(
            json(
                """
                {"HOLDFAST_TABLE": {"Ref": "Locks3E7D824A"}}
                """));
    assertThat(template.onlyResourceProperties("AWS::IAM::Policy").path("PolicyDocument"))
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
  void connect_withPrefix_setsBothVariables_andGrantsLockingOfPrefix() {
    locks.connect(function, "orders/");
    SynthesizedTemplate template = SynthesizedTemplate.of(stack);
    assertThat(
            template.onlyResourceProperties("AWS::Lambda::Function").at("/Environment/Variables"))
        .isEqualTo(
            json(
                """
                {"HOLDFAST_TABLE": {"Ref": "Locks3E7D824A"}, "HOLDFAST_KEY_PREFIX": "orders/"}
                """));
    assertThat(template.onlyResourceProperties("AWS::IAM::Policy").path("PolicyDocument"))
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
  void connect_connectedFunction_isRejected_andNamesConnectedTable() {
    locks.connect(function, "orders/");
    assertThatThrownBy(() -> locks.connect(function))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "function Stack/Function must have one connection, got a second one besides lock table"
                + " Stack/Locks: use grantLocking to allow further locks");
  }

  @Test
  void connect_invalidPrefix_leavesFunctionUnconnected() {
    assertThatThrownBy(() -> locks.connect(function, "*"))
        .isInstanceOf(IllegalArgumentException.class);
    locks.connect(function, "orders/");
    assertThat(
            SynthesizedTemplate.of(stack)
                .onlyResourceProperties("AWS::Lambda::Function")
                .at("/Environment/Variables/HOLDFAST_KEY_PREFIX")
                .asText())
        .isEqualTo("orders/");
  }
}
