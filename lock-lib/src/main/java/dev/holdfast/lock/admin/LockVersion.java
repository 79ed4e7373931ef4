package dev.holdfast.lock.admin;

import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.internal.protocol.LockRow;
import java.util.Objects;

/**
 * Which write of a held row was seen: a lock is broken only where it is still that one. Immutable;
 * shows the fencing token and the number of renewals, and no secret.
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
   * The fencing token of the hold.
   *
   * @return the token
   */
  public FencingToken fencingToken() {
    return new FencingToken(row.version().token());
  }

  /**
   * How often the hold was renewed.
   *
   * @return 0 where it never was
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
    return "Sight[token " + fencingToken() + ", renewals " + renewals() + "]";
  }
}
