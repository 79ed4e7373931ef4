/**
 * Looks after lock tables: creates, checks, lists and deletes them, lists and breaks the locks in
 * them. For people and their tools; locking never loads this package, and needs none of the
 * permissions that it does.
 *
 * <p>{@link dev.holdfast.lock.dynamodb.admin.LockTables} is about tables, {@link
 * dev.holdfast.lock.dynamodb.admin.StoredLocks} about the locks in one of them.
 */
@NullMarked
package dev.holdfast.lock.dynamodb.admin;

import org.jspecify.annotations.NullMarked;
