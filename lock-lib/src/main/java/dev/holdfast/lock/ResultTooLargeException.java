package dev.holdfast.lock;

/**
 * A result was too large to be kept. The work counts as done, without a result: duplicates are told
 * that it was done, and no more.
 */
public final class ResultTooLargeException extends LockException {
  private static final long serialVersionUID = 1L;

  ResultTooLargeException(String name, StoredResult result) {
    super(
        "the result of '"
            + name
            + "' has "
            + result.bytes().length
            + " bytes, allowed are "
            + result.maxBytes()
            + ": the work is remembered as done without it; raise the bound by StoredResult.upTo,"
            + " or keep the result elsewhere and store its address",
        null);
  }
}
