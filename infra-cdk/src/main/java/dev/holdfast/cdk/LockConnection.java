package dev.holdfast.cdk;

import java.util.Locale;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * The mark of a connected function: a child of the function, without resources, that knows its
 * table. A second connection would replace the environment and keep both grants, so it is refused.
 * It carries the one check of everything that invokes the function.
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
              "function %s is connected to lock table %s already, and a function has one connection: %s",
              function.getNode().getPath(),
              connection.table.getNode().getPath(),
              "use grantLocking for what else it may lock"));
    }
    new LockConnection(function, table).getNode().addValidation(new TriggerValidation(function));
  }
}
