package dev.holdfast.lock.admin;

/** What came of a creation. The table can be used in both cases, unless it differs. */
public sealed interface CreateResult {

  /**
   * The table as it is now.
   *
   * @return with a list of what differs from what a lock table should be
   */
  LockTableDescription table();

  /**
   * The table is new.
   *
   * @param table as it is now
   */
  record Created(LockTableDescription table) implements CreateResult {}

  /**
   * There was a lock table of this name, or an earlier try whose answer was lost or that was cut
   * off has made it. Its time to live is on now; nothing else of it was changed.
   *
   * @param table as it is now
   */
  record AlreadyExists(LockTableDescription table) implements CreateResult {}
}
