package dev.holdfast.lambda;

/** What a trigger gets that looks at no result. */
enum NoResult {
  NONE;

  /** As JSON. */
  static byte[] json(NoResult none) {
    return JsonType.Nothing.json();
  }
}
