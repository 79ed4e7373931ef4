/**
 * Distributed locks for AWS Lambda and other JVMs, on one DynamoDB row per resource. This page
 * names every public type of the library. Packages named {@code internal} are not API.
 *
 * <h2>Start</h2>
 *
 * {@link dev.holdfast.lock.dynamodb.DynamoDbLockClient DynamoDbLockClient.create(client, table)}
 * returns a {@link LockClient}; {@link dev.holdfast.lock.dynamodb.TableSchema TableSchema} has the
 * names that the table needs.
 *
 * <h2>One lock</h2>
 *
 * <ul>
 *   <li>{@link LockRequest}: the lock to acquire, or one of n permits, with its options
 *   <li>{@link Acquisition}: outcome of {@code tryAcquire}: acquired, busy with its {@link Holder},
 *       or completed with its {@link Completion}
 *   <li>{@link HeldLock}: result of {@code acquire}; renews, releases, completes or transfers
 *   <li>{@link KeepAlive}: automatic renewal, which reports a {@link LockLoss} in time
 *   <li>{@link LockCallback}, {@link LockAction}: work for {@code call} and {@code run}, which
 *       receives a {@link Lease}
 *   <li>{@link ReleaseOutcome}: outcome of a release
 *   <li>{@link StoredResult}: result of completed work, stored for duplicates
 * </ul>
 *
 * <h2>Several locks</h2>
 *
 * {@link MultiLockRequest} names the locks, and {@link HeldMultiLock} holds them. Work for {@code
 * callAll} and {@code runAll} receives a {@link MultiLease}.
 *
 * <h2>Fencing</h2>
 *
 * A {@link FencingToken} increases with every holder of a lock. {@link
 * dev.holdfast.lock.dynamodb.Fence Fence} adds it to the caller's own writes, as a {@link
 * dev.holdfast.lock.dynamodb.FenceCondition FenceCondition}.
 *
 * <h2>Events and clocks</h2>
 *
 * A {@link LockListener} receives each {@link LockEvent}. {@link ClockModel} states the assumptions
 * about wall clocks. A test replaces the clocks by a {@link TimeSource}.
 *
 * <h2>Administration</h2>
 *
 * Locking never loads the package {@code dev.holdfast.lock.admin}. {@link
 * dev.holdfast.lock.admin.LockTableAdmin LockTableAdmin} creates a {@link
 * dev.holdfast.lock.admin.NewLockTable NewLockTable} with its {@link
 * dev.holdfast.lock.admin.DeletionProtection DeletionProtection} and returns a {@link
 * dev.holdfast.lock.admin.CreateResult CreateResult}. It deletes a table with a {@link
 * dev.holdfast.lock.admin.DeleteMode DeleteMode}, or throws a {@link
 * dev.holdfast.lock.admin.LockTableRefusedException LockTableRefusedException}. {@link
 * dev.holdfast.lock.admin.LockTableDescription LockTableDescription} has the {@link
 * dev.holdfast.lock.admin.TagStatus TagStatus} and each {@link dev.holdfast.lock.admin.TableIssue
 * TableIssue} of a {@link dev.holdfast.lock.admin.TableProperty TableProperty}. {@link
 * dev.holdfast.lock.admin.LockAdmin LockAdmin} shows each {@link dev.holdfast.lock.admin.StoredLock
 * StoredLock}, breaks one by its {@link dev.holdfast.lock.admin.LockVersion LockVersion}, and
 * returns a {@link dev.holdfast.lock.admin.BreakResult BreakResult}.
 *
 * <h2>Exceptions</h2>
 *
 * All are unchecked {@link LockException}s. Their names are part of the API, because AWS Step
 * Functions matches errors by name.
 *
 * <ul>
 *   <li>{@link LockUnavailableException}: another holder had the lock until the maximum wait
 *       elapsed
 *   <li>{@link AlreadyCompletedException}: the work was completed before
 *   <li>{@link PayloadMismatchException}: the work was completed for another payload
 *   <li>{@link TransferRefusedException}: the transfer cannot be resumed
 *   <li>{@link UnrecognizedRowException}: the key has a row of another program or format
 *   <li>{@link ClockSkewException}: this host's clock deviates too much
 *   <li>{@link LockLostException}: the lock is no longer held, and the work must stop
 *   <li>{@link LockClosedException}: the lock was released, completed or transferred
 *   <li>{@link dev.holdfast.lock.dynamodb.FenceRefusedException FenceRefusedException}: the fence
 *       rejected a write with a stale token
 *   <li>{@link LockOutcomeUnknownException}: no reply was received, the outcome is unknown
 *   <li>{@link ResultTooLargeException}: the work is completed, but its result is not stored
 *   <li>{@link LockTableException}: the table cannot be used; superclass of the following
 *   <li>{@link LockTableNotFoundException}: the table does not exist
 *   <li>{@link LockTableSchemaException}: the table has another key schema
 *   <li>{@link LockAccessDeniedException}: the role lacks a permission
 *   <li>{@link LockThrottledException}: the table limits the request rate
 *   <li>{@link LockContentionException}: other requests change the lock's row
 *   <li>{@link LockTableUnreachableException}: the table did not reply in time
 *   <li>{@link LockRowTooLargeException}: the row exceeds DynamoDB's item size limit
 * </ul>
 */
@NullMarked
package dev.holdfast.lock;

import org.jspecify.annotations.NullMarked;
