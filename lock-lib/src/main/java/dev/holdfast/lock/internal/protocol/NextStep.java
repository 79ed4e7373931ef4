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

  /** Cell of the table: the step while a write may be sent at once, and the step otherwise. */
  enum Choice {
    ALWAYS_PAUSE(PAUSE, PAUSE),
    ALWAYS_END(END, END),
    RESEND_ELSE_PAUSE(RESEND, PAUSE),
    RESEND_ELSE_END(RESEND, END),
    SEND_NEW_ELSE_PAUSE(SEND_NEW, PAUSE),
    SEND_NEW_ELSE_END(SEND_NEW, END);

    private final NextStep preferred;
    private final NextStep otherwise;

    Choice(NextStep preferred, NextStep otherwise) {
      this.preferred = preferred;
      this.otherwise = otherwise;
    }

    NextStep resolve(boolean maySend) {
      return maySend ? preferred : otherwise;
    }
  }
}
