package dev.holdfast.lambda;

/** Lets a checked exception out of a method of the runtime's interfaces, which declare few. */
final class Unchecked {

  private Unchecked() {}

  /** Throws what it is given as it is; returns nothing, so that callers can write throw. */
  static RuntimeException rethrown(Throwable e) {
    throw Unchecked.<RuntimeException>asUnchecked(e);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // erased: any throwable passes
  private static <X extends Throwable> X asUnchecked(Throwable e) throws X {
    throw (X) e;
  }
}
