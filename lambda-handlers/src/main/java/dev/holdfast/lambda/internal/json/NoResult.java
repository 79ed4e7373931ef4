package dev.holdfast.lambda.internal.json;

/** Result for a trigger that ignores results. */
public enum NoResult {
  /** The only value. */
  NONE;

  /** Returns JSON's null. */
  public static byte[] toJson(NoResult none) {
    return JsonCodec.VoidCodec.nullJson();
  }
}
