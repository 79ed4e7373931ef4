package dev.holdfast.lock.dynamodb.admin;

import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.protocol.LockRow;
import java.util.Objects;

/**
 * Which write of a held row was seen: a lock is broken only where it is still that one. Immutable;
 * shows the fencing token and the number of renewals, and no secret.
 */
public final class Sight {
  private final LockRow row;

  Sight(LockRow row) {
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
    return new FencingToken(row.stamp().token());
  }

  /**
   * How often the hold was renewed.
   *
   * @return 0 where it never was
   */
  public long renewals() {
    return row.stamp().version();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sight sight
        && sight.row.name().equals(row.name())
        && sight.row.stamp().equals(row.stamp());
  }

  @Override
  public int hashCode() {
    return Objects.hash(row.name(), row.stamp());
  }

  @Override
  public String toString() {
    return "Sight[token " + fencingToken() + ", renewals " + renewals() + "]";
  }
}
