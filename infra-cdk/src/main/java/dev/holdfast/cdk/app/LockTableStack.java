package dev.holdfast.cdk.app;

import dev.holdfast.cdk.ILockTable;
import dev.holdfast.cdk.LockTable;
import dev.holdfast.cdk.LockTableProps;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.ExportValueOptions;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.constructs.Construct;

/** The lock table, and a managed policy that lets whoever it is attached to lock. */
final class LockTableStack extends Stack {

  private final LockTable lockTable;

  LockTableStack(Construct scope, String id, LockTableProps props) {
    super(
        scope,
        id,
        StackProps.builder()
            .description("Holdfast: the lock table and the permission to lock")
            .build());
    lockTable = new LockTable(this, "Locks", props);
    Validations.of(lockTable)
        .acknowledge(
            Acknowledgment.builder()
                .id("AwsSolutions-DDB3")
                .reason(
                    "Rows live for seconds to days: a backup of locks restores holds that ended"
                        + " long ago and none of those that are held now.")
                .build());
    ManagedPolicy policy =
        ManagedPolicy.Builder.create(this, "LockingPolicy")
            .description("Take and release locks in the Holdfast lock table, and nothing else")
            .build();
    lockTable.grantLocking(policy);
    addOutput(
        "TableName", "The lock table: HOLDFAST_TABLE of what locks", lockTable.getTableName());
    addOutput("TableArn", "The lock table's ARN", lockTable.getTableArn());
    addOutput(
        "LockingPolicyArn",
        "Attach this policy to the role of what locks",
        policy.getManagedPolicyArn());
    // Always, so that a later deployment without the samples takes nothing away from them.
    ExportValueOptions options =
        ExportValueOptions.builder().description("For stacks that use the table").build();
    exportValue(lockTable.getTableName(), options);
    exportValue(lockTable.getTableArn(), options);
  }

  ILockTable lockTable() {
    return lockTable;
  }

  private void addOutput(String id, String description, String value) {
    CfnOutput.Builder.create(this, id).description(description).value(value).build();
  }
}
