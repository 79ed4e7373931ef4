package dev.holdfast.lambda.internal.keys;

import dev.holdfast.lambda.internal.time.Invocation;
import java.util.Optional;

/**
 * How ids become keys of the lock table.
 *
 * @param prefix what every key starts with; may be empty
 * @param consumer who remembers events; empty for the function that is invoked
 * @param idPointers where handlers without code for it find their ids
 */
public record KeySettings(String prefix, Optional<String> consumer, IdPointers idPointers) {
  public static final KeySettings DEFAULT = new KeySettings("", Optional.empty(), IdPointers.NONE);

  public KeySettings {
    if (consumer.filter(String::isEmpty).isPresent()) {
      throw new IllegalArgumentException("consumer must have at least one character, got none");
    }
  }

  public KeySettings withPrefix(String value) {
    return new KeySettings(value, consumer, idPointers);
  }

  public KeySettings withConsumer(String value) {
    return new KeySettings(prefix, Optional.of(value), idPointers);
  }

  public KeySettings withIdPointers(IdPointers value) {
    return new KeySettings(prefix, consumer, value);
  }

  public String resourceKey(String id, Invocation invocation) {
    return keyFormat(invocation).resourceKey(id);
  }

  public String eventKey(String id, Invocation invocation) {
    return keyFormat(invocation).eventKey(consumer.orElseGet(invocation::functionName), id);
  }

  private KeyFormat keyFormat(Invocation invocation) {
    return new KeyFormat(prefix, invocation.tenantId());
  }
}
