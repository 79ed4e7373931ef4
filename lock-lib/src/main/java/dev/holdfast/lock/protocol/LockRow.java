package dev.holdfast.lock.protocol;

/**
 * One row of the lock table.
 *
 * @param name the lock's name, the row's key
 * @param state what the row stands for
 * @param stamp which write this is
 * @param term how long it blocks others
 * @param claimant who wrote it and for what
 */
public record LockRow(String name, RowState state, Stamp stamp, Term term, Claimant claimant)
    implements Seen {

  /** The version of the row format that this code writes, and the only one that it touches. */
  public static final int FORMAT = 1;

  boolean isHeld() {
    return state == RowState.HELD;
  }

  boolean bears(String nonce) {
    return stamp.nonce().equals(nonce);
  }
}
