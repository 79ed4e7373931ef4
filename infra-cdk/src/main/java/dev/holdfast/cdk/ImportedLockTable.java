package dev.holdfast.cdk;

import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** A lock table that another stack or app created, in the account and Region of this stack. */
final class ImportedLockTable extends LockTableBase {

  private final TableName name;

  ImportedLockTable(Construct scope, String id, TableName name) {
    super(scope, id);
    this.name = name;
  }

  @Override
  public String tableName() {
    return name.value();
  }

  @Override
  public String tableArn() {
    return Stack.of(this)
        .formatArn(
            ArnComponents.builder()
                .service("dynamodb")
                .resource("table")
                .resourceName(name.value())
                .build());
  }
}
