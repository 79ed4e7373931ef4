/**
 * Locks for AWS Lambda and other JVMs on one DynamoDB row per resource. Every public type is on
 * this page.
 *
 * <h2>Where to start</h2>
 *
 * {@link dev.holdfast.lock.dynamodb.DynamoDbLockClient DynamoDbLocks.on(client, table)} gives
 * {@link LockClient}; {@link dev.holdfast.lock.dynamodb.TableSchema TableSchema} names what the
 * table must have.
 *
 * <h2>One lock</h2>
 *
 * <ul>
 *   <li>{@link LockRequest}: what to lock, and how; one of n permits, too
 *   <li>{@link Acquisition}: what {@code tryAcquire} answers, which never waits: acquired, busy
 *       with its {@link Holder}, or done with its {@link Completion}
 *   <li>{@link HeldLock}: what {@code acquire} waits for; renew, release, complete, or hand it over
 *       by a ticket
 *   <li>{@link KeepAlive}: renews it by itself, for processes that run long, and tells of its
 *       {@link LockLoss} in time
 *   <li>{@link LockCallback}: work for {@code call}, which receives a {@link Lease}
 *   <li>{@link ReleaseOutcome}: what came of a release; {@link StoredResult}: what work came to,
 *       for its duplicates
 * </ul>
 *
 * <h2>Several locks together</h2>
 *
 * {@link MultiLockRequest} says which, {@link HeldMultiLock} holds them, {@link MultiLockCallback}
 * is work for {@code callAll} and receives {@link MultiLease}.
 *
 * <h2>Against stale holders</h2>
 *
 * {@link FencingToken} rises with every hold; {@link dev.holdfast.lock.dynamodb.Fence Fence} puts
 * it into your own writes, as a {@link dev.holdfast.lock.dynamodb.FenceCondition FenceCondition}.
 *
 * <h2>What becomes of locks</h2>
 *
 * A {@link LockListener} is told of each {@link LockEvent}; {@link LockClient#withListener} sets
 * it.
 *
 * <h2>Clocks</h2>
 *
 * {@link ClockModel} says how far wall clocks are trusted, {@link TimeSource} replaces them in
 * tests.
 *
 * <h2>For those who look after tables</h2>
 *
 * A package of its own, which locking never loads:
 *
 * <ul>
 *   <li>{@link dev.holdfast.lock.admin.LockTableAdmin LockTables} creates a {@link
 *       dev.holdfast.lock.admin.NewLockTable NewLockTable} with its {@link
 *       dev.holdfast.lock.admin.DeletionProtection Protection}, which is a {@link
 *       dev.holdfast.lock.admin.CreateResult Creation}; deletes by a {@link
 *       dev.holdfast.lock.admin.DeleteMode HeldLockRule}, or throws a {@link
 *       dev.holdfast.lock.admin.LockTableRefusedException LockTableRefusedException}
 *   <li>{@link dev.holdfast.lock.admin.LockTableDescription LockTableDescription}: a table with its
 *       {@link dev.holdfast.lock.admin.TagStatus Marking}, and each {@link
 *       dev.holdfast.lock.admin.TableIssue Difference} in an {@link
 *       dev.holdfast.lock.admin.TableProperty Aspect}
 *   <li>{@link dev.holdfast.lock.admin.LockAdmin StoredLocks} shows each {@link
 *       dev.holdfast.lock.admin.StoredLock StoredLock}, and breaks one that was in {@link
 *       dev.holdfast.lock.admin.LockVersion Sight}, which is a {@link
 *       dev.holdfast.lock.admin.BreakResult Breaking}; it reads by {@link
 *       dev.holdfast.lock.internal.dynamodb.LockRows LockItems}
 * </ul>
 *
 * <h2>Failures</h2>
 *
 * All are {@link LockException}s.
 *
 * <ul>
 *   <li>the lock is not to be had: {@link LockUnavailableException}, {@link
 *       AlreadyCompletedException}, {@link PayloadMismatchException}, {@link
 *       TransferRefusedException}, {@link UnrecognizedRowException}, {@link ClockSkewException}
 *   <li>a holder must stop: {@link LockLostException}, {@link LockClosedException}, {@link
 *       FenceRefusedException}
 *   <li>nobody knows: {@link LockOutcomeUnknownException}
 *   <li>the work is done, its result is not kept: {@link ResultTooLargeException}
 *   <li>the table, all of them {@link LockTableException}s: {@link LockTableNotFoundException},
 *       {@link LockTableSchemaException}, {@link LockAccessDeniedException}, {@link
 *       LockThrottledException}, {@link LockTableUnreachableException}, {@link
 *       LockRowTooLargeException}
 * </ul>
 */
@NullMarked
package dev.holdfast.lock;

import org.jspecify.annotations.NullMarked;
