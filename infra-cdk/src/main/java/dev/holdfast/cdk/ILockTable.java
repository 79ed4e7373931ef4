package dev.holdfast.cdk;

import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.IConstruct;

/**
 * A table of locks, created here ({@link LockTable}) or imported ({@link LockTable#fromTableName},
 * {@link LockTable#fromTableArn}), and what others may be given on it.
 *
 * <p>A grant goes to the policy of a function, role, user, group or managed policy. On a table that
 * is created here with a name, it may also go to another account, or a role or user there, by the
 * table's own policy; that account then has to allow the same. Where the table is encrypted with a
 * customer managed key, each grant adds what the grantee has to be allowed on the key, through
 * DynamoDB only, in a statement of its own.
 */
public interface ILockTable extends IConstruct {

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
   * Lets the grantee take and release every lock in this table: exactly {@code dynamodb:PutItem}
   * and {@code dynamodb:DeleteItem} on exactly this table.
   *
   * @param grantee who, as above
   * @return the grant, which was added to a policy
   * @throws IllegalArgumentException if the grantee has no policy to add to, such as a service
   */
  Grant grantLocking(IGrantable grantee);

  /**
   * Lets the grantee take and release the locks whose key starts with the prefix, and no others.
   *
   * @param grantee who, as above
   * @param keyPrefix what every key has to start with, such as {@code orders/}; literal text, not
   *     empty, without {@code *}, {@code ?} and <code>$&#123;</code>
   * @return the grant, which was added to a policy
   * @throws IllegalArgumentException if the prefix is none, or the grantee has no policy to add to,
   *     such as a service
   */
  Grant grantLocking(IGrantable grantee, String keyPrefix);

  /**
   * Lets the grantee check, in a transaction of its own, that it still holds a lock of this table:
   * exactly {@code dynamodb:ConditionCheckItem} on exactly this table. Locking never needs it.
   *
   * @param grantee who, as above
   * @return the grant, which was added to a policy
   * @throws IllegalArgumentException if the grantee has no policy to add to, such as a service
   */
  Grant grantOwnershipChecks(IGrantable grantee);

  /**
   * Lets the grantee look at the locks and at the table, for people: GetItem, Query, Scan,
   * DescribeTable, DescribeTimeToLive and ListTagsOfResource.
   *
   * @param grantee who, as above
   * @return the grant, which was added to a policy
   * @throws IllegalArgumentException if the grantee has no policy to add to, such as a service
   */
  Grant grantInspection(IGrantable grantee);

  /**
   * Lets the grantee look after the table, for people: what inspection allows, to break a lock
   * (DeleteItem, PutItem), to change the table, its time to live and its tags, and to delete it
   * where it is not protected. Within the table's account only.
   *
   * @param grantee who, as above
   * @return the grant, which was added to a policy
   * @throws IllegalArgumentException if the grantee has no policy to add to, such as a service, or
   *     is of another account
   */
  Grant grantAdministration(IGrantable grantee);

  /**
   * Connects a function to this table: tells it the table ({@code HOLDFAST_TABLE} in its
   * environment, which the handlers read) and grants it locking. The table is told by its name, or
   * by its ARN where that is how it was imported or where it is in another account.
   *
   * @param function the function, which is not connected yet
   * @return the grant, which was added to the policy of the function's role
   * @throws IllegalArgumentException if the table is in another Region
   * @throws IllegalStateException if the function is connected already
   */
  Grant connect(Function function);

  /**
   * Connects a function to the part of this table whose keys start with the prefix: tells it the
   * table and the prefix ({@code HOLDFAST_TABLE} and {@code HOLDFAST_KEY_PREFIX} in its
   * environment, which the handlers read) and grants it locking there.
   *
   * @param function the function, which is not connected yet
   * @param keyPrefix what every key has to start with, see {@link #grantLocking(IGrantable,
   *     String)}
   * @return the grant, which was added to the policy of the function's role
   * @throws IllegalArgumentException if the prefix is none, or the table is in another Region
   * @throws IllegalStateException if the function is connected already
   */
  Grant connect(Function function, String keyPrefix);
}
