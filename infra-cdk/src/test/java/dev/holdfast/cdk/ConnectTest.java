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

final class ConnectTest {

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
  void wholeTable_tellsTheFunctionItsTable_andGrantsIt() {
    locks.connect(function);
    SynthesizedTemplate template = SynthesizedTemplate.of(stack);
    assertThat(template.only("AWS::Lambda::Function").at("/Environment/Variables"))
        .isEqualTo(
            json(
                """
                {"HOLDFAST_TABLE": {"Ref": "Locks3E7D824A"}}
                """));
    assertThat(template.only("AWS::IAM::Policy").path("PolicyDocument"))
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
  void prefix_tellsTheFunctionTableAndPrefix_andGrantsThatPrefix() {
    locks.connect(function, "orders/");
    SynthesizedTemplate template = SynthesizedTemplate.of(stack);
    assertThat(template.only("AWS::Lambda::Function").at("/Environment/Variables"))
        .isEqualTo(
            json(
                """
                {"HOLDFAST_TABLE": {"Ref": "Locks3E7D824A"}, "HOLDFAST_KEY_PREFIX": "orders/"}
                """));
    assertThat(template.only("AWS::IAM::Policy").path("PolicyDocument"))
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
  void secondConnection_isRefused_andNamesTheFirst() {
    locks.connect(function, "orders/");
    assertThatThrownBy(() -> locks.connect(function))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "function Stack/Function is connected to lock table Stack/Locks already, and a function"
                + " has one connection: use grantLocking for what else it may lock");
  }

  @Test
  void refusedPrefix_leavesTheFunctionUnconnected() {
    assertThatThrownBy(() -> locks.connect(function, "*"))
        .isInstanceOf(IllegalArgumentException.class);
    locks.connect(function, "orders/");
    assertThat(
            SynthesizedTemplate.of(stack)
                .only("AWS::Lambda::Function")
                .at("/Environment/Variables/HOLDFAST_KEY_PREFIX")
                .asText())
        .isEqualTo("orders/");
  }
}
