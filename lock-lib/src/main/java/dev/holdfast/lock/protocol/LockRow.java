package dev.holdfast.lock.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One row of the lock table.
 *
 * @param name the lock's name, the row's key
 * @param state what the row stands for
 * @param stamp which write this is
 * @param term how long it blocks others
 * @param claimant who wrote it and for what
 * @param waitMillis how long winners waited lately, in milliseconds; of a held row, and null where
 *     its holder knew of nobody who did
 */
public record LockRow(
    String name,
    RowState state,
    Stamp stamp,
    Term term,
    Claimant claimant,
    @Nullable Long waitMillis)
    implements Seen {

  /** The version of the row format that this code writes, and the only one that it touches. */
  public static final int FORMAT = 1;

  /**
   * A row that tells nothing of waiting.
   *
   * @param name the lock's name, the row's key
   * @param state what the row stands for
   * @param stamp which write this is
   * @param term how long it blocks others
   * @param claimant who wrote it and for what
   */
  public LockRow(String name, RowState state, Stamp stamp, Term term, Claimant claimant) {
    this(name, state, stamp, term, claimant, null);
  }

  boolean isHeld() {
    return state == RowState.HELD;
  }

  boolean bears(String nonce) {
    return stamp.nonce().equals(nonce);
  }
}
