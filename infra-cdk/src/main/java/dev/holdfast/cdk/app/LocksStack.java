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
final class LocksStack extends Stack {

  private final LockTable table;

  LocksStack(Construct scope, String id, LockTableProps props) {
    super(
        scope,
        id,
        StackProps.builder()
            .description("Holdfast: the lock table and the permission to lock")
            .build());
    table = new LockTable(this, "Locks", props);
    Validations.of(table)
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
    table.grantLocking(policy);
    output("TableName", "The lock table: HOLDFAST_TABLE of what locks", table.tableName());
    output("TableArn", "The lock table's ARN", table.tableArn());
    output(
        "LockingPolicyArn",
        "Attach this policy to the role of what locks",
        policy.getManagedPolicyArn());
    // Always, so that a later deployment without the samples takes nothing away from them.
    ExportValueOptions options =
        ExportValueOptions.builder().description("For stacks that use the table").build();
    exportValue(table.tableName(), options);
    exportValue(table.tableArn(), options);
  }

  ILockTable table() {
    return table;
  }

  private void output(String id, String description, String value) {
    CfnOutput.Builder.create(this, id).description(description).value(value).build();
  }
}
