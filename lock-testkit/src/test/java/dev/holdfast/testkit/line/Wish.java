package dev.holdfast.testkit.line;

import java.time.Duration;

/** One call of one thread that asks for a lock, or for two, from its begin to its end. */
final class Wish {
  /** In which way it is asked for. */
  enum Kind {
    IN_LINE,
    BESIDE_THE_LINE,
    AS_A_SET
  }

  private final Worker worker;
  private final String label;
  private final Kind kind;
  private final long sinceNanos;
  private final long boundNanos;
  private int asked;
  private int furtherAfterBound;
  private boolean stoodBehind;
  private boolean askedOutOfTurn;
  private boolean askedAtTheEnd;
  private boolean rests;
  private boolean heededInterrupt;
  private String lastNonce = "";
  private long lastReplyNanos = -1;

  /**
   * It begins now.
   *
   * @param label by which the row names the asker
   */
  Wish(Worker worker, String label, Kind kind, Duration wait) {
    this.worker = worker;
    this.label = label;
    this.kind = kind;
    this.sinceNanos = worker.nanos();
    this.boundNanos = sinceNanos + wait.toNanos();
  }

  Worker worker() {
    return worker;
  }

  String label() {
    return label;
  }

  Kind kind() {
    return kind;
  }

  long sinceNanos() {
    return sinceNanos;
  }

  long boundNanos() {
    return boundNanos;
  }

  void standsBehind() {
    stoodBehind = true;
  }

  boolean stoodBehind() {
    return stoodBehind;
  }

  void rests() {
    rests = true;
  }

  boolean isResting() {
    return rests;
  }

  void heedsInterrupt() {
    heededInterrupt = true;
  }

  boolean heededInterrupt() {
    return heededInterrupt;
  }

  /** Whether this is no new question: a copy, or what follows at once from the last answer. */
  boolean goesOnWith(Call call, long now) {
    return call.nonce().equals(lastNonce) || now == lastReplyNanos;
  }

  /**
   * It asks the table now.
   *
   * @param atTheEnd at the very instant at which a hold of the same host ended
   * @param outOfTurn though it is not the first in line
   */
  void asks(Call call, boolean atTheEnd, boolean outOfTurn) {
    askedAtTheEnd = atTheEnd && asked == 0;
    askedOutOfTurn = outOfTurn;
    if (worker.nanos() >= boundNanos && isFurtherBody(call)) {
      furtherAfterBound++;
    }
    rests = false;
    lastNonce = call.nonce();
    asked++;
  }

  /** The row was free, for a larger token than the one just sent. */
  private boolean isFurtherBody(Call call) {
    return worker.nanos() == lastReplyNanos && !call.nonce().equals(lastNonce);
  }

  /** How many bodies it sent at once after another one, past its bound. */
  int furtherAfterBound() {
    return furtherAfterBound;
  }

  void hears(long now) {
    lastReplyNanos = now;
  }

  /** How often it has asked the table. */
  int asked() {
    return asked;
  }

  boolean askedAtTheEnd() {
    return askedAtTheEnd;
  }

  boolean askedOutOfTurn() {
    return askedOutOfTurn;
  }
}
