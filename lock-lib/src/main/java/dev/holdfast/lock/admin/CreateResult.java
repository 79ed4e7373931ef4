package dev.holdfast.lock.admin;

/**
 * Result of {@link LockTableAdmin#createTable}. The table is usable in both cases, unless it has
 * issues that prevent locking.
 */
public sealed interface CreateResult {

  /**
   * Returns the current description of the table.
   *
   * @return the description with the list of issues
   */
  LockTableDescription table();

  /**
   * The call created the table.
   *
   * @param table the current description
   */
  record Created(LockTableDescription table) implements CreateResult {}

  /**
   * A lock table of this name existed, possibly from an earlier call without a reply. Its time to
   * live is enabled now; nothing else was changed.
   *
   * @param table the current description
   */
  record AlreadyExists(LockTableDescription table) implements CreateResult {}
}
