package dev.holdfast.cdk;

import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.IConstruct;

/**
 * A table of locks, created here ({@link LockTable}) or imported ({@link LockTable#fromTableName}),
 * and what others may be given on it.
 */
public interface ILockTable extends IConstruct {

  /**
   * Returns the table's physical name.
   *
   * @return the name, a token until deployment unless one was given
   */
  String tableName();

  /**
   * Returns the table's ARN.
   *
   * @return the ARN, a token until deployment
   */
  String tableArn();

  /**
   * Lets the grantee take and release every lock in this table: exactly {@code dynamodb:PutItem}
   * and {@code dynamodb:DeleteItem} on exactly this table.
   *
   * @param grantee a function, role, user, group or managed policy
   * @return the grant, which was added to the grantee's policy
   * @throws RuntimeException if the grantee has no policy to add to, such as a service principal
   */
  Grant grantLocking(IGrantable grantee);

  /**
   * Lets the grantee take and release the locks whose key starts with the prefix, and no others.
   *
   * @param grantee a function, role, user, group or managed policy
   * @param keyPrefix what every key has to start with, such as {@code orders/}; literal text, not
   *     empty, without {@code *}, {@code ?} and <code>$&#123;</code>
   * @return the grant, which was added to the grantee's policy
   * @throws IllegalArgumentException if the prefix is none
   * @throws RuntimeException if the grantee has no policy to add to, such as a service principal
   */
  Grant grantLocking(IGrantable grantee, String keyPrefix);

  /**
   * Lets the grantee check, in a transaction of its own, that it still holds a lock of this table:
   * exactly {@code dynamodb:ConditionCheckItem} on exactly this table. Locking never needs it.
   *
   * @param grantee a function, role, user, group or managed policy
   * @return the grant, which was added to the grantee's policy
   * @throws RuntimeException if the grantee has no policy to add to, such as a service principal
   */
  Grant grantOwnershipChecks(IGrantable grantee);

  /**
   * Connects a function to this table: tells it the table's name ({@code HOLDFAST_TABLE} in its
   * environment, which the handlers read) and grants it locking.
   *
   * @param function the function, which is not connected yet
   * @return the grant, which was added to the policy of the function's role
   * @throws IllegalStateException if the function is connected already
   */
  Grant connect(Function function);

  /**
   * Connects a function to the part of this table whose keys start with the prefix: tells it the
   * table's name and the prefix ({@code HOLDFAST_TABLE} and {@code HOLDFAST_KEY_PREFIX} in its
   * environment, which the handlers read) and grants it locking there.
   *
   * @param function the function, which is not connected yet
   * @param keyPrefix what every key has to start with, see {@link #grantLocking(IGrantable,
   *     String)}
   * @return the grant, which was added to the policy of the function's role
   * @throws IllegalArgumentException if the prefix is none
   * @throws IllegalStateException if the function is connected already
   */
  Grant connect(Function function, String keyPrefix);
}
