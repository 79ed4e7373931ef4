package dev.holdfast.lock;

/**
 * A write was refused by the fence of the item that it meant, and wrote nothing. Where the SDK sent
 * it more than once, an earlier sending whose answer was lost may have been applied. The message
 * says what the item showed and what to do.
 */
public final class FenceRefusedException extends LockException {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final FencingToken token;
  private final Reason reason;

  /** Why. */
  public enum Reason {
    /** A later holder of the lock has raised the fence: stop. */
    NEWER_HOLDER,
    /** The fence was not raised before, or the item was deleted or replaced without it. */
    NOT_ADVANCED,
    /** The item's attribute is not a number, so it is no fence. */
    INVALID_FENCE,
    /** The lock's row is no longer held with this token: stop. */
    LOCK_LOST
  }

  /**
   * A refusal.
   *
   * @param name the lock's name
   * @param token the token that was refused
   * @param reason why
   * @param observed what stood in the way, without a trailing stop
   */
  public FenceRefusedException(String name, FencingToken token, Reason reason, String observed) {
    super(
        "token "
            + token
            + " of lock '"
            + name
            + "' is refused: "
            + observed
            + "; "
            + advice(reason),
        null);
    this.name = name;
    this.token = token;
    this.reason = reason;
  }

  private static String advice(Reason reason) {
    return switch (reason) {
      case NEWER_HOLDER, LOCK_LOST -> "stop, and acquire the lock again to begin anew";
      case NOT_ADVANCED ->
          "raise the fence before reading the item, and let no write of the item drop it";
      case INVALID_FENCE -> "name another attribute for the fence, or make it a number";
    };
  }

  /**
   * The lock whose token was refused.
   *
   * @return the lock's name
   */
  public String name() {
    return name;
  }

  /**
   * The token that was refused.
   *
   * @return the fencing token of the refused holder
   */
  public FencingToken token() {
    return token;
  }

  /**
   * Why it was refused.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
