package dev.holdfast.lock.admin;

import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.internal.protocol.LockRow;
import java.util.Objects;

/**
 * Version of a held row. A lock is broken only if its row still has this version. Immutable; shows
 * the fencing token and the number of renewals, and no secret.
 */
public final class LockVersion {
  private final LockRow row;

  LockVersion(LockRow row) {
    this.row = row;
  }

  LockRow row() {
    return row;
  }

  /**
   * Returns the fencing token of the hold.
   *
   * @return the token
   */
  public FencingToken fencingToken() {
    return new FencingToken(row.version().token());
  }

  /**
   * Returns the number of renewals of the hold.
   *
   * @return 0 if it was never renewed
   */
  public long renewals() {
    return row.version().renewals();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LockVersion version
        && version.row.name().equals(row.name())
        && version.row.version().equals(row.version());
  }

  @Override
  public int hashCode() {
    return Objects.hash(row.name(), row.version());
  }

  @Override
  public String toString() {
    return "LockVersion[token " + fencingToken() + ", renewals " + renewals() + "]";
  }
}
