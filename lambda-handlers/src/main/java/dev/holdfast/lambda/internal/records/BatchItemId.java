package dev.holdfast.lambda.internal.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Id of a batch item in a batch item failure. */
public final class BatchItemId {

  private BatchItemId() {}

  /**
   * Returns the id if a batch item failure can name it. An unpaired surrogate would be encoded as
   * {@code ?}, which is not the id of an item.
   */
  public static Optional<String> reportable(@Nullable String id) {
    return Optional.ofNullable(id)
        .filter(text -> !text.isEmpty() && UTF_8.newEncoder().canEncode(text));
  }
}
