package dev.holdfast.cdk;

import static dev.holdfast.cdk.SynthesizedTemplate.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;

/** Table that a customer managed key encrypts. */
final class CustomerManagedKeyTest {

  private static final String KEY_ARN =
      "arn:aws:kms:eu-central-1:111122223333:key/0b3f5c8e-0000-4000-8000-000000000001";

  private static Stack stack;
  private static SynthesizedTemplate template;

  @BeforeAll
  static void synthesize() {
    stack = stack("Stack");
    Key key = new Key(stack, "Key");
    LockTable locks =
        new LockTable(
            stack,
            "Locks",
            LockTableProps.builder().tableName("our-locks").encryptionKey(key).build());
    locks.grantLocking(new ManagedPolicy(stack, "Locking"), "orders/");
    locks.grantInspection(new ManagedPolicy(stack, "Inspection"));
    locks.grantLocking(new AccountPrincipal("444455556666"));
    LockTable.fromTableName(stack, "Theirs", "their-locks", importedKey(stack))
        .grantOwnershipChecks(new ManagedPolicy(stack, "Imported"));
    template = SynthesizedTemplate.of(stack);
  }

  @Test
  void table_isEncryptedWithCustomerManagedKey() {
    assertThat(template.onlyResourceProperties("AWS::DynamoDB::Table").path("SSESpecification"))
        .isEqualTo(
            json(
                """
                {
                  "SSEEnabled": true,
                  "SSEType": "KMS",
                  "KMSMasterKeyId": {"Fn::GetAtt": ["Key961B73FD", "Arn"]}
                }
                """));
  }

  @Test
  void grantLocking_allowsKeyUseViaDynamoDbOnly_inSeparateStatement() {
    assertThat(policyDocument("Locking"))
        .isEqualTo(
            json(
                """
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    {
                      "Effect": "Allow",
                      "Action": ["dynamodb:DeleteItem", "dynamodb:PutItem"],
                      "Resource": {"Fn::GetAtt": ["Locks3E7D824A", "Arn"]},
                      "Condition": {
                        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["orders/*"]},
                        "Null": {"dynamodb:LeadingKeys": "false"}
                      }
                    },
                    {
                      "Effect": "Allow",
                      "Action": [
                        "kms:Decrypt",
                        "kms:DescribeKey",
                        "kms:Encrypt",
                        "kms:GenerateDataKey",
                        "kms:GenerateDataKeyWithoutPlaintext",
                        "kms:ReEncryptFrom",
                        "kms:ReEncryptTo"
                      ],
                      "Resource": {"Fn::GetAtt": ["Key961B73FD", "Arn"]},
                      "Condition": {"StringEquals": {
                        "kms:ViaService": "dynamodb.eu-central-1.amazonaws.com"
                      }}
                    }
                  ]
                }
                """));
  }

  @Test
  void grantInspection_allowsDecryptOnly() {
    assertThat(policyDocument("Inspection").at("/Statement/1"))
        .isEqualTo(
            json(
                """
                {
                  "Effect": "Allow",
                  "Action": ["kms:Decrypt", "kms:DescribeKey"],
                  "Resource": {"Fn::GetAtt": ["Key961B73FD", "Arn"]},
                  "Condition": {"StringEquals": {
                    "kms:ViaService": "dynamodb.eu-central-1.amazonaws.com"
                  }}
                }
                """));
  }

  @Test
  void crossAccountGrant_isAddedToKeyPolicy() {
    assertThat(template.onlyResourceProperties("AWS::KMS::Key").at("/KeyPolicy/Statement/1"))
        .isEqualTo(
            json(
                """
                {
                  "Effect": "Allow",
                  "Principal": {"AWS": {"Fn::Join": ["", [
                    "arn:", {"Ref": "AWS::Partition"}, ":iam::444455556666:root"
                  ]]}},
                  "Action": [
                    "kms:Decrypt",
                    "kms:DescribeKey",
                    "kms:Encrypt",
                    "kms:GenerateDataKey",
                    "kms:GenerateDataKeyWithoutPlaintext",
                    "kms:ReEncryptFrom",
                    "kms:ReEncryptTo"
                  ],
                  "Resource": "*",
                  "Condition": {"StringEquals": {
                    "kms:ViaService": "dynamodb.eu-central-1.amazonaws.com"
                  }}
                }
                """));
  }

  @Test
  void importedTable_withKey_grantsTableAndKey() {
    assertThat(policyDocument("Imported"))
        .isEqualTo(
            json(
                """
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    {
                      "Effect": "Allow",
                      "Action": "dynamodb:ConditionCheckItem",
                      "Resource": {"Fn::Join": ["", [
                        "arn:", {"Ref": "AWS::Partition"},
                        ":dynamodb:eu-central-1:111122223333:table/their-locks"
                      ]]}
                    },
                    {
                      "Effect": "Allow",
                      "Action": ["kms:Decrypt", "kms:DescribeKey"],
                      "Resource": "%s",
                      "Condition": {"StringEquals": {
                        "kms:ViaService": "dynamodb.eu-central-1.amazonaws.com"
                      }}
                    }
                  ]
                }
                """
                    .formatted(KEY_ARN)));
  }

  @Test
  void crossAccountGrant_onImportedKey_warnsThatKeyPolicyCannotBeChanged() {
    Stack other = stack("Other");
    LockTableProps props =
        LockTableProps.builder().tableName("our-locks").encryptionKey(importedKey(other)).build();
    new LockTable(other, "Locks", props).grantInspection(new AccountPrincipal("444455556666"));
    assertThat(SynthesisWarnings.of(other))
        .singleElement()
        .asString()
        .startsWith(
            "the key of lock table Other/Locks is imported, and this app cannot change its policy:"
                + " add a statement to it that allows [kms:Decrypt, kms:DescribeKey] to ");
  }

  private static Stack stack(String id) {
    Environment environment =
        Environment.builder().account("111122223333").region("eu-central-1").build();
    return new Stack(new App(), id, StackProps.builder().env(environment).build());
  }

  private static IKey importedKey(Stack scope) {
    return Key.fromKeyArn(scope, "TheirKey", KEY_ARN);
  }

  private static JsonNode policyDocument(String id) {
    Map<String, JsonNode> policies = template.propertiesByLogicalId("AWS::IAM::ManagedPolicy");
    return policies.entrySet().stream()
        .filter(policy -> policy.getKey().startsWith(id))
        .map(policy -> policy.getValue().path("PolicyDocument"))
        .findAny()
        .orElseThrow();
  }
}
