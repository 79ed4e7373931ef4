package dev.holdfast.lambda.internal.util;

/** Lets a checked exception out of a method of the runtime's interfaces, which declare few. */
public final class SneakyThrow {

  private SneakyThrow() {}

  /** Throws what it is given as it is; returns nothing, so that callers can write throw. */
  public static RuntimeException rethrow(Throwable e) {
    throw SneakyThrow.<RuntimeException>asUnchecked(e);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // erased: any throwable passes
  private static <X extends Throwable> X asUnchecked(Throwable e) throws X {
    throw (X) e;
  }
}
