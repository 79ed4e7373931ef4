package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One row of the lock table.
 *
 * @param name the lock's name, the row's key
 * @param state what the row stands for
 * @param version which write this is
 * @param leaseTerm how long it blocks others
 * @param holderInfo who wrote it and for what
 * @param averageWaitMillis how long winners waited lately, in milliseconds; of a held row, and null
 *     where its holder knew of nobody who did
 */
public record LockRow(
    String name,
    RowState state,
    RowVersion version,
    LeaseTerm leaseTerm,
    HolderInfo holderInfo,
    @Nullable Long averageWaitMillis)
    implements RowSnapshot {

  /** The version of the row format that this code writes, and the only one that it touches. */
  public static final int FORMAT = 1;

  /**
   * A row that tells nothing of waiting.
   *
   * @param name the lock's name, the row's key
   * @param state what the row stands for
   * @param version which write this is
   * @param leaseTerm how long it blocks others
   * @param holderInfo who wrote it and for what
   */
  public LockRow(
      String name, RowState state, RowVersion version, LeaseTerm leaseTerm, HolderInfo holderInfo) {
    this(name, state, version, leaseTerm, holderInfo, null);
  }

  @Override
  public <R, X extends Exception> R fold(
      ThrowingFunction<LockRow, R, X> onRow,
      ThrowingFunction<NoRow, R, X> onNoRow,
      ThrowingFunction<UnrecognizedRow, R, X> onUnrecognizedRow)
      throws X {
    return onRow.apply(this);
  }

  boolean isHeld() {
    return state == RowState.HELD;
  }

  boolean hasNonce(String nonce) {
    return version.nonce().equals(nonce);
  }
}
