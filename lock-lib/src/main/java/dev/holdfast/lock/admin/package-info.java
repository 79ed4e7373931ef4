/**
 * Looks after lock tables: creates, checks, lists and deletes them, lists and breaks the locks in
 * them. For people and their tools; locking never loads this package, and needs none of the
 * permissions that it does.
 *
 * <p>{@link dev.holdfast.lock.admin.LockTableAdmin} is about tables, {@link
 * dev.holdfast.lock.admin.LockAdmin} about the locks in one of them.
 */
@NullMarked
package dev.holdfast.lock.admin;

import org.jspecify.annotations.NullMarked;
