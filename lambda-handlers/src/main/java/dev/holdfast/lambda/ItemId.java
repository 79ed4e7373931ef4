package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The id by which the answer to a batch names one of its items. */
final class ItemId {

  private ItemId() {}

  /** Half a surrogate pair would be reported as '?', which is the id of no item. */
  static Optional<String> reportable(@Nullable String id) {
    return Optional.ofNullable(id)
        .filter(text -> !text.isEmpty() && UTF_8.newEncoder().canEncode(text));
  }
}
