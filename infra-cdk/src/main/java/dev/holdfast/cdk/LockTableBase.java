package dev.holdfast.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/** What a created and an imported lock table have in common: everything but where it comes from. */
abstract class LockTableBase extends Construct implements ILockTable {

  /** Environment variable that tells a function its table. The handlers read it: keep in step. */
  static final String TABLE_VARIABLE = "HOLDFAST_TABLE";

  /** Environment variable that tells a function its prefix. The handlers read it: keep in step. */
  static final String KEY_PREFIX_VARIABLE = "HOLDFAST_KEY_PREFIX";

  /**
   * All that locking ever needs: what blocks a write comes back with its refusal, not by a read.
   */
  private static final List<String> LOCKING = List.of("dynamodb:DeleteItem", "dynamodb:PutItem");

  private static final List<String> OWNERSHIP_CHECKS = List.of("dynamodb:ConditionCheckItem");

  LockTableBase(Construct scope, String id) {
    super(scope, id);
  }

  @Override
  public final Grant grantLocking(IGrantable grantee) {
    return grant(grantee, LOCKING, Map.of());
  }

  @Override
  public final Grant grantLocking(IGrantable grantee, String keyPrefix) {
    return grant(grantee, LOCKING, new KeyPrefix(keyPrefix).condition());
  }

  @Override
  public final Grant grantOwnershipChecks(IGrantable grantee) {
    return grant(grantee, OWNERSHIP_CHECKS, Map.of());
  }

  @Override
  public final Grant connect(Function function) {
    LockConnection.between(function, this);
    function.addEnvironment(TABLE_VARIABLE, tableName());
    return grantLocking(function);
  }

  @Override
  public final Grant connect(Function function, String keyPrefix) {
    KeyPrefix prefix = new KeyPrefix(keyPrefix);
    LockConnection.between(function, this);
    function.addEnvironment(TABLE_VARIABLE, tableName());
    function.addEnvironment(KEY_PREFIX_VARIABLE, prefix.value());
    return grant(function, LOCKING, prefix.condition());
  }

  /** A grant that could be added nowhere would show only at run time, so it fails here. */
  private Grant grant(
      IGrantable grantee, List<String> actions, Map<String, Map<String, Object>> conditions) {
    Grant grant =
        Grant.addToPrincipal(
            GrantOnPrincipalOptions.builder()
                .grantee(grantee)
                .actions(actions)
                .resourceArns(List.of(tableArn()))
                .conditions(conditions)
                .build());
    grant.assertSuccess();
    return grant;
  }
}
