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

  /** The last microsecond of the year 9999; no clock leads to a larger token. */
  public static final long MAX_REPLACED_TOKEN = 253_402_300_799_999_999L;

  /** Lets the row stay until a day after the time of its token. */
  public LockRow {
    leaseTerm = leaseTerm.outlasting(version.token());
  }

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

  /**
   * Returns whether a new holder may have a larger token than this row. A token beyond every clock
   * is refused, long before a larger one would be too large for a row.
   *
   * @return false if locking refuses the row for its token
   */
  public boolean allowsLargerToken() {
    return version.token() <= MAX_REPLACED_TOKEN;
  }

  /**
   * Returns this row as a new holder sees it if it does not allow a larger token.
   *
   * @return the reason why it is unrecognized
   */
  public UnrecognizedRow toUnrecognizedRow() {
    return new UnrecognizedRow(
        "its token is " + version.token() + ", allowed is 0 to " + MAX_REPLACED_TOKEN);
  }

  boolean isHeld() {
    return state == RowState.HELD;
  }

  boolean hasNonce(String nonce) {
    return version.nonce().equals(nonce);
  }

  /**
   * Returns whether this is a held row after a host with a wrong clock has replaced and restored it
   * ({@link Hold#undo}): it has the nonce of a version and a larger token.
   *
   * @param own the version before
   */
  boolean isRestored(RowVersion own) {
    return isHeld() && hasNonce(own.nonce()) && version.token() > own.token();
  }

  LockRow withToken(long token) {
    RowVersion newVersion = new RowVersion(version.nonce(), token, version.renewals());
    return new LockRow(name, state, newVersion, leaseTerm, holderInfo, averageWaitMillis);
  }
}
