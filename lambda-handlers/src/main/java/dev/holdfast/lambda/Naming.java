package dev.holdfast.lambda;

import java.util.Optional;

/**
 * How ids become keys of the lock table.
 *
 * @param prefix what every key starts with; may be empty
 * @param consumer who remembers events; empty for the function that is invoked
 * @param pointers where handlers without code for it find their ids
 */
record Naming(String prefix, Optional<String> consumer, Pointers pointers) {
  static final Naming DEFAULT = new Naming("", Optional.empty(), Pointers.NONE);

  Naming {
    if (consumer.filter(String::isEmpty).isPresent()) {
      throw new IllegalArgumentException("consumer must have at least one character, got none");
    }
  }

  Naming withPrefix(String value) {
    return new Naming(value, consumer, pointers);
  }

  Naming withConsumer(String value) {
    return new Naming(prefix, Optional.of(value), pointers);
  }

  Naming withPointers(Pointers value) {
    return new Naming(prefix, consumer, value);
  }

  String resourceKey(String id, Invocation invocation) {
    return keys(invocation).resource(id);
  }

  String eventKey(String id, Invocation invocation) {
    return keys(invocation).event(consumer.orElseGet(invocation::functionName), id);
  }

  private Keys keys(Invocation invocation) {
    return new Keys(prefix, invocation.tenant());
  }
}
