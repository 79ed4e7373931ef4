package dev.holdfast.lambda.internal.keys;

import dev.holdfast.lambda.internal.time.Invocation;
import java.util.Optional;

/**
 * Settings of ids and of the keys of the lock table.
 *
 * @param prefix the start of every key; may be empty
 * @param consumer the owner of the idempotency records; empty for the name of the function
 * @param idPointers the id pointers of the environment
 */
public record KeySettings(String prefix, Optional<String> consumer, IdPointers idPointers) {
  /** No prefix, the function as consumer, and no pointers. */
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

  /** Returns the key of a resource. */
  public String resourceKey(String id, Invocation invocation) {
    return keyFormat(invocation).resourceKey(id);
  }

  /** Returns the key of an event. */
  public String eventKey(String id, Invocation invocation) {
    return keyFormat(invocation).eventKey(consumer.orElseGet(invocation::functionName), id);
  }

  private KeyFormat keyFormat(Invocation invocation) {
    return new KeyFormat(prefix, invocation.tenantId());
  }
}
