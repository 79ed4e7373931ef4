package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.testkit.history.Said;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** A lock that was handed out, and what its owner does with it. */
final class Grant {
  private final HeldLock lock;
  private final Host host;
  private final String holder;
  private final Spell spell;
  private OptionalLong tokenSeen = OptionalLong.empty();
  private OptionalLong tokenEverSeen = OptionalLong.empty();
  private boolean inUse;
  private boolean ended;
  private boolean beforeDeletion;

  Grant(HeldLock lock, Host host, String holder, Spell spell) {
    this.lock = lock;
    this.host = host;
    this.holder = holder;
    this.spell = spell;
  }

  HeldLock lock() {
    return lock;
  }

  /** How the row names this very hold. */
  String holder() {
    return holder;
  }

  void see() {
    if (!beforeDeletion) {
      tokenSeen = OptionalLong.of(lock.fencingToken().value());
      tokenEverSeen = tokenSeen;
    }
  }

  /** The row with its token was deleted by hand: tokens begin again. */
  void forgetToken() {
    beforeDeletion = true;
    tokenSeen = OptionalLong.empty();
  }

  boolean isBeforeDeletion() {
    return beforeDeletion;
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

  /** Whether a call on it is under way, by its owner or by what keeps it alive. */
  boolean inUse() {
    return inUse || host.keeping().isBusy();
  }

  boolean isOf(Host other) {
    return host.clock() == other.clock();
  }

  /** Its owner has no more use for it. */
  void end() {
    ended = true;
  }

  boolean ended() {
    return ended || host.clock().isGone();
  }

  /** How long it believes in it from now on, if nothing changes. */
  Duration left() {
    return lock.remaining();
  }

  boolean believesInIt() {
    boolean believes = !host.clock().isGone() && lock.isHeld();
    spell.said(believes);
    return believes;
  }

  /** What it has to say, if its token is known: others may have had the same. */
  void addTo(List<Said> said, boolean judgesHolders) {
    if (tokenEverSeen.isPresent()) {
      spell.addTo(said, holder, tokenEverSeen.getAsLong(), judgesHolders);
    }
  }

  /** It was completed just now. */
  void completed(long untilMicros) {
    spell.completed(untilMicros);
  }
}
