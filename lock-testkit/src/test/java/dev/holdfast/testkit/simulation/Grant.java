package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.HeldLock;
import java.util.OptionalLong;

/** A lock that was handed out, and what its owner does with it. */
final class Grant {
  private final HeldLock lock;
  private final Host host;
  private final String holder;
  private OptionalLong tokenSeen = OptionalLong.empty();
  private boolean inUse;
  private boolean ended;
  private boolean beforeDeletion;

  Grant(HeldLock lock, Host host, String holder) {
    this.lock = lock;
    this.host = host;
    this.holder = holder;
  }

  HeldLock lock() {
    return lock;
  }

  /** How the row names this very hold. */
  String holder() {
    return holder;
  }

  void see() {
    tokenSeen = beforeDeletion ? tokenSeen : OptionalLong.of(lock.fencingToken().value());
  }

  /** The row with its token was deleted by hand: tokens begin again. */
  void forgetToken() {
    beforeDeletion = true;
    tokenSeen = OptionalLong.empty();
  }

  OptionalLong tokenSeen() {
    return tokenSeen;
  }

  /** Calls of one lock follow each other, so nothing else is asked of it meanwhile. */
  void use(Runnable call) {
    host.clock().thaw();
    inUse = true;
    try {
      call.run();
    } finally {
      inUse = false;
    }
  }

  boolean inUse() {
    return inUse;
  }

  /** Its owner has no more use for it. */
  void end() {
    ended = true;
  }

  boolean ended() {
    return ended || host.clock().isGone();
  }

  boolean believesInIt() {
    return !host.clock().isGone() && lock.isHeld();
  }
}
