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
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;

/** Grants on a table to principals of another account. Both accounts must allow the access. */
final class CrossAccountTest {

  private static final String TABLE_ARN =
      "arn:aws:dynamodb:eu-central-1:111122223333:table/our-locks";
  private static final String ROLE_ARN = "arn:aws:iam::444455556666:role/theirs";

  private App app;
  private Stack owner;
  private LockTable locks;

  @BeforeEach
  void createTable() {
    app = new App();
    owner = stack("Owner", "111122223333", "eu-central-1");
    locks = new LockTable(owner, "Locks", LockTableProps.builder().tableName("our-locks").build());
  }

  @Test
  void account_isGrantedInTableResourcePolicy_withPrefix() {
    locks.grantLocking(new AccountPrincipal("444455556666"), "orders/");
    assertThat(tablePolicy())
        .isEqualTo(
            json(
                """
                {"PolicyDocument": {
                  "Version": "2012-10-17",
                  "Statement": [{
                    "Effect": "Allow",
                    "Principal": {"AWS": {"Fn::Join": ["", [
                      "arn:", {"Ref": "AWS::Partition"}, ":iam::444455556666:root"
                    ]]}},
                    "Action": ["dynamodb:DeleteItem", "dynamodb:PutItem"],
                    "Resource": {"Fn::Join": ["", [
                      "arn:", {"Ref": "AWS::Partition"},
                      ":dynamodb:eu-central-1:111122223333:table/our-locks"
                    ]]},
                    "Condition": {
                      "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["orders/*"]},
                      "Null": {"dynamodb:LeadingKeys": "false"}
                    }
                  }]
                }}
                """));
  }

  @Test
  void role_isGrantedByArn_inTableResourcePolicy() {
    locks.grantLocking(Role.fromRoleArn(owner, "Theirs", ROLE_ARN));
    assertThat(tablePolicy().at("/PolicyDocument/Statement/0/Principal"))
        .isEqualTo(json("{\"AWS\": \"%s\"}".formatted(ROLE_ARN)));
    assertThat(SynthesizedTemplate.of(owner).propertiesByLogicalId("AWS::IAM::Policy")).isEmpty();
  }

  @Test
  void grant_onTableWithoutPhysicalName_isRejected() {
    LockTable nameless = new LockTable(owner, "Nameless");
    IGrantable account = new AccountPrincipal("444455556666");
    assertThatThrownBy(() -> nameless.grantLocking(account))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "on lock table Owner/Nameless for another account must have a table with a physical name, got ")
        .hasMessageEndingWith(": set tableName, so that both policies can refer to the table");
  }

  @Test
  void grantAdministration_toOtherAccount_isRejected() {
    IGrantable account = new AccountPrincipal("444455556666");
    assertThatThrownBy(() -> locks.grantAdministration(account))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "on lock table Owner/Locks must go to a grantee in the table's account, got ");
  }

  @Test
  void connect_importedTableOfOtherAccount_setsTableArn_andGrantsLocking() {
    Stack user = stack("User", "444455556666", "eu-central-1");
    LockTable.fromTableArn(user, "Locks", TABLE_ARN).connect(function(user), "orders/");
    SynthesizedTemplate template = SynthesizedTemplate.of(user);
    assertThat(
            template.onlyResourceProperties("AWS::Lambda::Function").at("/Environment/Variables"))
        .isEqualTo(
            json(
                """
                {"HOLDFAST_TABLE": "%s", "HOLDFAST_KEY_PREFIX": "orders/"}
                """
                    .formatted(TABLE_ARN)));
    assertThat(template.onlyResourceProperties("AWS::IAM::Policy").path("PolicyDocument"))
        .isEqualTo(
            json(
                """
                {
                  "Version": "2012-10-17",
                  "Statement": [{
                    "Effect": "Allow",
                    "Action": ["dynamodb:DeleteItem", "dynamodb:PutItem"],
                    "Resource": "%s",
                    "Condition": {
                      "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["orders/*"]},
                      "Null": {"dynamodb:LeadingKeys": "false"}
                    }
                  }]
                }
                """
                    .formatted(TABLE_ARN)));
  }

  @Test
  void fromTableArn_returnsTableName() {
    assertThat(LockTable.fromTableArn(owner, "Imported", TABLE_ARN).getTableName())
        .isEqualTo("our-locks");
  }

  @Test
  void grant_roleOfThirdAccount_onImportedTable_isRejected() {
    Stack user = stack("User", "777788889999", "eu-central-1");
    ILockTable imported = LockTable.fromTableArn(user, "Locks", TABLE_ARN);
    IGrantable role = Role.fromRoleArn(user, "Theirs", ROLE_ARN);
    assertThatThrownBy(() -> imported.grantLocking(role))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "[dynamodb:DeleteItem, dynamodb:PutItem] on imported lock table User/Locks must go to a"
                + " function, role, user, group or managed policy that this app can change, got"
                + " User/Theirs: grant it in the app that creates the table");
  }

  @Test
  void grant_roleOfSameApp_inOtherAccount_isAddedToBothPolicies() {
    Stack user = stack("User", "444455556666", "eu-central-1");
    Role role =
        Role.Builder.create(user, "Role")
            .roleName("theirs")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    locks.grantLocking(role);
    assertThat(
            SynthesizedTemplate.of(user)
                .onlyResourceProperties("AWS::IAM::Policy")
                .at("/PolicyDocument/Statement/0/Action"))
        .isEqualTo(json("[\"dynamodb:DeleteItem\", \"dynamodb:PutItem\"]"));
    assertThat(tablePolicy().at("/PolicyDocument/Statement/0/Action"))
        .isEqualTo(json("[\"dynamodb:DeleteItem\", \"dynamodb:PutItem\"]"));
  }

  @Test
  void grant_roleOfSameApp_inOtherAccount_allowsKeyUse() {
    String key = "arn:aws:kms:eu-central-1:111122223333:key/0b3f5c8e-0000-4000-8000-000000000001";
    LockTableProps props =
        LockTableProps.builder()
            .tableName("their-locks")
            .encryptionKey(Key.fromKeyArn(owner, "Key", key))
            .build();
    Stack user = stack("User", "444455556666", "eu-central-1");
    Role role =
        Role.Builder.create(user, "Role")
            .roleName("theirs")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    new LockTable(owner, "Encrypted", props).grantInspection(role);
    JsonNode statements =
        SynthesizedTemplate.of(user)
            .onlyResourceProperties("AWS::IAM::Policy")
            .at("/PolicyDocument/Statement");
    assertThat(statements).hasSize(2);
    assertThat(statements.at("/1/Action"))
        .isEqualTo(json("[\"kms:Decrypt\", \"kms:DescribeKey\"]"));
    assertThat(statements.at("/1/Resource").asText()).isEqualTo(key);
  }

  @Test
  void connect_tableOfOtherRegion_isRejected() {
    Stack user = stack("User", "111122223333", "us-east-1");
    ILockTable imported = LockTable.fromTableArn(user, "Locks", TABLE_ARN);
    Function function = function(user);
    assertThatThrownBy(() -> imported.connect(function))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a lock table must be in the Region of its functions, got function User/Function in"
                + " us-east-1 and table User/Locks in eu-central-1: create one table for each Region");
  }

  private JsonNode tablePolicy() {
    return SynthesizedTemplate.of(owner)
        .onlyResourceProperties("AWS::DynamoDB::Table")
        .path("ResourcePolicy");
  }

  private Stack stack(String id, String account, String region) {
    Environment environment = Environment.builder().account(account).region(region).build();
    return new Stack(app, id, StackProps.builder().env(environment).build());
  }

  private static Function function(Stack stack) {
    return Function.Builder.create(stack, "Function")
        .runtime(Runtime.PYTHON_3_13)
        .handler("index.handler")
        .code(Code.fromInline("def handler(event, context): pass"))
        .build();
  }
}
