package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Row of the lock table.
 *
 * @param name the lock's name, the row's key
 * @param state the state of the lock
 * @param version identity of the write
 * @param leaseTerm time for which it blocks others
 * @param holderInfo information about the holder
 * @param averageWaitMillis average wait of recent holders in milliseconds, in a held row; null if
 *     its holder knew of none
 */
public record LockRow(
    String name,
    RowState state,
    RowVersion version,
    LeaseTerm leaseTerm,
    HolderInfo holderInfo,
    @Nullable Long averageWaitMillis)
    implements RowSnapshot {

  /** Version of the row format that this code writes. It changes no row of another version. */
  public static final int FORMAT = 1;

  /**
   * Creates a row without a contention hint.
   *
   * @param name the lock's name, the row's key
   * @param state the state of the lock
   * @param version identity of the write
   * @param leaseTerm time for which it blocks others
   * @param holderInfo information about the holder
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
