package dev.holdfast.samples;

import dev.holdfast.lock.FencingToken;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attempt to execute a task, as its ledger entries show it. */
record Attempt(Task task, String requestId, @Nullable FencingToken token, String id) {

  static Attempt of(Task task, String requestId, @Nullable FencingToken token) {
    return new Attempt(task, requestId, token, UUID.randomUUID().toString());
  }

  AttributeValue entry(String kind, Instant now, String environment) {
    Map<String, AttributeValue> entry = new HashMap<>();
    entry.put("kind", AttributeValue.fromS(kind));
    entry.put("attempt", AttributeValue.fromS(id));
    entry.put("step", AttributeValue.fromS(task.step()));
    entry.put("id", AttributeValue.fromS(task.id()));
    entry.put("request", AttributeValue.fromS(requestId));
    entry.put("environment", AttributeValue.fromS(environment));
    entry.put("at_us", number(ChronoUnit.MICROS.between(Instant.EPOCH, now)));
    if (token != null) {
      entry.put("token", number(token.value()));
    }
    return AttributeValue.fromM(entry);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
