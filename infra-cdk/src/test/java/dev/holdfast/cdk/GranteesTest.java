package dev.holdfast.cdk;

import static dev.holdfast.cdk.SynthesizedTemplate.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Group;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iam.StarPrincipal;
import software.amazon.awscdk.services.iam.User;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionAttributes;
import software.amazon.awscdk.services.lambda.Runtime;

/** Grantees. A grant goes to the policy of the grantee; a grantee without a policy is rejected. */
final class GranteesTest {

  private static final JsonNode LOCKING =
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
          """);

  private Stack stack;
  private LockTable locks;

  @BeforeEach
  void createTable() {
    Environment environment =
        Environment.builder().account("111122223333").region("eu-central-1").build();
    stack = new Stack(new App(), "Stack", StackProps.builder().env(environment).build());
    locks = new LockTable(stack, "Locks", LockTableProps.builder().tableName("our-locks").build());
  }

  @Test
  void function_isGrantedThroughExecutionRole() {
    Function function =
        Function.Builder.create(stack, "Function")
            .runtime(Runtime.PYTHON_3_13)
            .handler("index.handler")
            .code(Code.fromInline("def handler(event, context): pass"))
            .build();
    assertThat(policyAfterGrant(function).path("Roles"))
        .isEqualTo(json("[{\"Ref\": \"FunctionServiceRole675BB04A\"}]"));
  }

  @Test
  void role_isGrantedInItsPolicy() {
    Role role =
        Role.Builder.create(stack, "Role")
            .assumedBy(new ServicePrincipal("ecs-tasks.amazonaws.com"))
            .build();
    assertThat(policyAfterGrant(role).path("Roles"))
        .isEqualTo(json("[{\"Ref\": \"Role1ABCC5F0\"}]"));
  }

  @Test
  void user_isGrantedInItsPolicy() {
    assertThat(policyAfterGrant(new User(stack, "User")).path("Users"))
        .isEqualTo(json("[{\"Ref\": \"User00B015A1\"}]"));
  }

  @Test
  void group_isGrantedInItsPolicy() {
    assertThat(policyAfterGrant(new Group(stack, "Group")).path("Groups"))
        .isEqualTo(json("[{\"Ref\": \"GroupC77FDACD\"}]"));
  }

  @Test
  void importedRole_ofSameAccount_isGrantedInItsPolicy() {
    IGrantable role = Role.fromRoleArn(stack, "Role", "arn:aws:iam::111122223333:role/path/theirs");
    assertThat(policyAfterGrant(role).path("Roles")).isEqualTo(json("[\"theirs\"]"));
  }

  @Test
  void importedUser_isGrantedInItsPolicy() {
    assertThat(policyAfterGrant(User.fromUserName(stack, "User", "theirs")).path("Users"))
        .isEqualTo(json("[\"theirs\"]"));
  }

  @Test
  void importedFunction_withRole_isGrantedThroughRole() {
    IGrantable function =
        Function.fromFunctionAttributes(
            stack,
            "Function",
            FunctionAttributes.builder()
                .functionArn("arn:aws:lambda:eu-central-1:111122223333:function:theirs")
                .role(Role.fromRoleArn(stack, "Role", "arn:aws:iam::111122223333:role/theirs"))
                .build());
    assertThat(policyAfterGrant(function).path("Roles")).isEqualTo(json("[\"theirs\"]"));
  }

  @Test
  void importedFunction_withoutRole_isRejected() {
    IGrantable function = Function.fromFunctionName(stack, "Function", "theirs");
    assertThatThrownBy(() -> locks.grantLocking(function))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "[dynamodb:DeleteItem, dynamodb:PutItem] on lock table Stack/Locks must go to a"
                + " grantee with a known role, got imported Stack/Function: import it by attributes"
                + " that include its role");
  }

  @Test
  void servicePrincipal_isRejected() {
    IGrantable service = new ServicePrincipal("lambda.amazonaws.com");
    assertThatThrownBy(() -> locks.grantLocking(service))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "[dynamodb:DeleteItem, dynamodb:PutItem] on lock table Stack/Locks must go to a"
                + " function, role, user, group, managed policy or account, got ")
        .hasMessageEndingWith(": grant it to a specific principal");
  }

  @Test
  void anyPrincipal_isRejected() {
    assertThatThrownBy(() -> locks.grantLocking(new AnyPrincipal(), "orders/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(": grant it to a specific principal");
    assertThatThrownBy(() -> locks.grantInspection(new StarPrincipal()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(": grant it to a specific principal");
  }

  @Test
  void servicePrincipal_onImportedTable_isRejected() {
    ILockTable theirs = LockTable.fromTableName(stack, "Theirs", "their-locks");
    IGrantable service = new ServicePrincipal("lambda.amazonaws.com");
    assertThatThrownBy(() -> theirs.grantLocking(service))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("on imported lock table Stack/Theirs must go to a function, role,")
        .hasMessageEndingWith(": grant it in the app that creates the table");
  }

  /**
   * Returns the only policy, after checking that it contains only the grant and the table has none.
   */
  private JsonNode policyAfterGrant(IGrantable grantee) {
    locks.grantLocking(grantee);
    SynthesizedTemplate template = SynthesizedTemplate.of(stack);
    assertThat(template.onlyResourceProperties("AWS::DynamoDB::Table").has("ResourcePolicy"))
        .isFalse();
    JsonNode policy = template.onlyResourceProperties("AWS::IAM::Policy");
    assertThat(policy.path("PolicyDocument")).isEqualTo(LOCKING);
    return policy;
  }
}
