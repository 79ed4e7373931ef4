package dev.holdfast.lambda.internal.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The id by which the answer to a batch names one of its items. */
public final class BatchItemId {

  private BatchItemId() {}

  /** Half a surrogate pair would be reported as '?', which is the id of no item. */
  public static Optional<String> reportable(@Nullable String id) {
    return Optional.ofNullable(id)
        .filter(text -> !text.isEmpty() && UTF_8.newEncoder().canEncode(text));
  }
}
