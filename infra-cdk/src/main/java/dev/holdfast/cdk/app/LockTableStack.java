package dev.holdfast.cdk.app;

import dev.holdfast.cdk.ILockTable;
import dev.holdfast.cdk.LockTable;
import dev.holdfast.cdk.LockTableProps;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.ExportValueOptions;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.constructs.Construct;

/** Stack with the lock table and a managed policy that allows locking. */
final class LockTableStack extends Stack {

  private final LockTable lockTable;

  LockTableStack(Construct scope, String id, LockTableProps props) {
    super(
        scope,
        id,
        StackProps.builder().description("Holdfast: lock table and locking policy").build());
    lockTable = new LockTable(this, "Locks", props);
    NagRules.acknowledgeMissingBackup(
        lockTable,
        "Rows exist for seconds to days. A restored backup contains locks that have ended and lacks"
            + " the locks that are held now.");
    ManagedPolicy policy =
        ManagedPolicy.Builder.create(this, "LockingPolicy")
            .description("Allows acquiring and releasing locks in the Holdfast lock table")
            .build();
    lockTable.grantLocking(policy);
    addOutput(
        "TableName",
        "Name of the lock table, the value of HOLDFAST_TABLE",
        lockTable.getTableName());
    addOutput("TableArn", "ARN of the lock table", lockTable.getTableArn());
    addOutput(
        "LockingPolicyArn",
        "ARN of the policy to attach to roles that lock",
        policy.getManagedPolicyArn());
    // Unconditional, so that a later deployment without the samples does not remove the exports.
    ExportValueOptions options =
        ExportValueOptions.builder().description("For stacks that use the lock table").build();
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
