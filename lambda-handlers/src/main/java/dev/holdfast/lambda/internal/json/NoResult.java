package dev.holdfast.lambda.internal.json;

/** What a trigger gets that looks at no result. */
public enum NoResult {
  NONE;

  /** As JSON. */
  public static byte[] toJson(NoResult none) {
    return JsonCodec.VoidCodec.nullJson();
  }
}
