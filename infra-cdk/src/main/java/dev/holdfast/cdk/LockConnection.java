package dev.holdfast.cdk;

import java.util.Locale;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * Marker of a connected function: a child construct without resources. It refers to the lock table
 * and carries the validation of the function's triggers. A second connection would replace the
 * environment variables and keep both grants, so it is rejected.
 */
final class LockConnection extends Construct {

  private static final String ID = "LockConnection";

  private final ILockTable table;

  private LockConnection(Function function, ILockTable table) {
    super(function, ID);
    this.table = table;
  }

  static void create(Function function, ILockTable table) {
    IConstruct existing = function.getNode().tryFindChild(ID);
    if (existing instanceof LockConnection connection) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "function %s must have one connection, got a second one besides lock table %s: %s",
              ConstructPath.of(function),
              connection.table.getNode().getPath(),
              "use grantLocking to allow further locks"));
    }
    new LockConnection(function, table).getNode().addValidation(new TriggerValidation(function));
  }
}
