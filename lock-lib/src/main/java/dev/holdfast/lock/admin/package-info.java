/**
 * Administration of lock tables and of the locks in them, for people and their tools. Locking does
 * not load this package and does not need its permissions.
 *
 * <p>{@link dev.holdfast.lock.admin.LockTableAdmin} creates, describes, lists and deletes tables.
 * {@link dev.holdfast.lock.admin.LockAdmin} finds, lists and breaks the locks in one table.
 */
@NullMarked
package dev.holdfast.lock.admin;

import org.jspecify.annotations.NullMarked;
