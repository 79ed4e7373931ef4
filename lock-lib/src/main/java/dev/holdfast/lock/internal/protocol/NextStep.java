package dev.holdfast.lock.internal.protocol;

/** Next step of an attempt after a reply; {@link ReplyCase} is the table. */
enum NextStep {
  /** Send the same write again. */
  RESEND,
  /** Send a new write at once. */
  SEND_NEW,
  /** Wait, then send a new write. */
  PAUSE,
  /** End the attempt with the outcome that the reply shows. */
  END;

  /**
   * One cell of the table.
   *
   * @param preferred the step while a write may be sent at once
   * @param otherwise the step after that
   */
  record Choice(NextStep preferred, NextStep otherwise) {
    NextStep resolve(boolean maySend) {
      return maySend ? preferred : otherwise;
    }
  }

  Choice or(NextStep otherwise) {
    return new Choice(this, otherwise);
  }

  Choice always() {
    return new Choice(this, this);
  }
}
