package dev.holdfast.cdk;

import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.IConstruct;

/**
 * Lock table with its grants. The app creates the table ({@link LockTable}) or imports it ({@link
 * LockTable#fromTableName}, {@link LockTable#fromTableArn}, {@link LockTable#of}).
 *
 * <p>A grant adds statements to the policy of a function, role, user, group or managed policy. The
 * grantee may belong to another account if this app creates the table and gives it a physical name.
 * The grant then also adds a statement to the resource policy of the table, and the other account
 * must allow the same actions. If a customer managed key encrypts the table, each grant adds a
 * statement for the key. That statement allows the use of the key through DynamoDB only.
 */
public interface ILockTable extends IConstruct {

  /**
   * Returns the table, for everything that this interface does not offer.
   *
   * @return the table
   */
  ITable getTable();

  /**
   * Returns the table's physical name.
   *
   * @return the name, a token until deployment unless one was given
   */
  String getTableName();

  /**
   * Returns the table's ARN.
   *
   * @return the ARN, a token until deployment
   */
  String getTableArn();

  /**
   * Allows the grantee to acquire and release every lock of this table: {@code dynamodb:PutItem}
   * and {@code dynamodb:DeleteItem} on this table, and no other action.
   *
   * @param grantee the principal, see {@link ILockTable}
   * @return the grant
   * @throws IllegalArgumentException if the grantee has no policy, for example a service
   */
  Grant grantLocking(IGrantable grantee);

  /**
   * Allows the grantee to acquire and release the locks whose key starts with the prefix, and no
   * other locks.
   *
   * @param grantee the principal, see {@link ILockTable}
   * @param keyPrefix the prefix of every key, for example {@code orders/}; a non-empty literal
   *     without {@code *}, {@code ?} and <code>$&#123;</code>
   * @return the grant
   * @throws IllegalArgumentException if the prefix is invalid, or the grantee has no policy, for
   *     example a service
   */
  Grant grantLocking(IGrantable grantee, String keyPrefix);

  /**
   * Allows the grantee to check in its own transactions that it still holds a lock of this table:
   * {@code dynamodb:ConditionCheckItem} on this table. Locking does not need this permission.
   *
   * @param grantee the principal, see {@link ILockTable}
   * @return the grant
   * @throws IllegalArgumentException if the grantee has no policy, for example a service
   */
  Grant grantOwnershipChecks(IGrantable grantee);

  /**
   * Allows the grantee, usually an operator, to read the locks and the table's settings: GetItem,
   * Query, Scan, DescribeTable, DescribeTimeToLive and ListTagsOfResource.
   *
   * @param grantee the principal, see {@link ILockTable}
   * @return the grant
   * @throws IllegalArgumentException if the grantee has no policy, for example a service
   */
  Grant grantInspection(IGrantable grantee);

  /**
   * Allows the grantee, usually an operator, to administer the table. In addition to {@link
   * #grantInspection}, the grantee may break locks (DeleteItem, PutItem) and change the table, its
   * time to live and its tags. It may also delete the table if it has no deletion protection. The
   * grantee must belong to the account of the table.
   *
   * @param grantee the principal, see {@link ILockTable}
   * @return the grant
   * @throws IllegalArgumentException if the grantee has no policy, for example a service, or
   *     belongs to another account
   */
  Grant grantAdministration(IGrantable grantee);

  /**
   * Connects a function to this table. Sets the environment variable {@code HOLDFAST_TABLE}, which
   * the handlers read, and grants locking. The value is the table's name. It is the ARN if the
   * table was imported by ARN or belongs to another account.
   *
   * @param function a function that has no connection yet
   * @return the grant on the function's role
   * @throws IllegalArgumentException if the table is in another Region
   * @throws IllegalStateException if the function already has a connection
   */
  Grant connect(Function function);

  /**
   * Connects a function to the locks of this table whose keys start with the prefix. Sets the
   * environment variables {@code HOLDFAST_TABLE} and {@code HOLDFAST_KEY_PREFIX}, which the
   * handlers read, and grants locking for the prefix.
   *
   * @param function a function that has no connection yet
   * @param keyPrefix the prefix of every key, see {@link #grantLocking(IGrantable, String)}
   * @return the grant on the function's role
   * @throws IllegalArgumentException if the prefix is invalid, or the table is in another Region
   * @throws IllegalStateException if the function already has a connection
   */
  Grant connect(Function function, String keyPrefix);
}
