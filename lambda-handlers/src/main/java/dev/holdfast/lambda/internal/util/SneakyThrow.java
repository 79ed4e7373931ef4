package dev.holdfast.lambda.internal.util;

/** Helper that throws a checked exception from a method that does not declare it. */
public final class SneakyThrow {

  private SneakyThrow() {}

  /** Throws the given exception unchanged. The return type lets callers write {@code throw}. */
  public static RuntimeException rethrow(Throwable e) {
    throw SneakyThrow.<RuntimeException>asUnchecked(e);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is erased at run time
  private static <X extends Throwable> X asUnchecked(Throwable e) throws X {
    throw (X) e;
  }
}
