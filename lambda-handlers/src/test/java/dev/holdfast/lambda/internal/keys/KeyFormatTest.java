package dev.holdfast.lambda.internal.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lock.LockRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFormatTest {
  /** Parts of a key, and texts that resemble its format. */
  private static final List<String> PARTS =
      List.of("a", "1", ":", ",", "#", "#event", "#resource", "#1,1#event", "é");

  private final KeyFormat keys = new KeyFormat("shop/", Optional.empty());

  /** Returns all texts of one to three parts. */
  private static List<String> texts(int maxParts) {
    List<String> texts = new ArrayList<>(PARTS);
    List<String> longest = PARTS;
    for (int parts = 2; parts <= maxParts; parts++) {
      List<String> longer = new ArrayList<>();
      longest.forEach(text -> PARTS.forEach(part -> longer.add(text + part)));
      texts.addAll(longer);
      longest = longer;
    }
    return texts.stream().distinct().toList();
  }

  private static void assertUnique(Map<String, String> owners, String key, String owner) {
    assertThat(owners.putIfAbsent(key, owner)).as(key).isIn(null, owner);
  }

  @Test
  void resourceKey_isPrefixAndId() {
    assertThat(keys.resourceKey("order-17")).isEqualTo("shop/order-17");
  }

  @Test
  void eventKey_endsWithThePartLengths() {
    assertThat(keys.eventKey("ship", "e-17")).isEqualTo("shop/ship:e-17#4,4#event");
  }

  @ParameterizedTest
  @CsvSource({"a#event, a#event#resource", "a#resource, a#resource#resource", "a#events, a#events"})
  void resourceKey_endingLikeAnEventKey_getsASuffix(String id, String key) {
    assertThat(new KeyFormat("", Optional.empty()).resourceKey(id)).isEqualTo(key);
  }

  @Test
  void keys_ofDistinctResourcesAndEvents_neverCollide() {
    Map<String, String> owners = new HashMap<>();
    List<String> ids = texts(4);
    ids.forEach(id -> assertUnique(owners, keys.resourceKey(id), "resource " + id));
    List<String> shortIds = texts(2);
    shortIds.forEach(
        consumer ->
            shortIds.forEach(
                id ->
                    assertUnique(owners, keys.eventKey(consumer, id), consumer + " event " + id)));
    assertThat(owners).hasSize(ids.size() + shortIds.size() * shortIds.size());
  }

  @Test
  void eventKeys_ofDistinctPrefixConsumerAndEvent_neverCollide() {
    Map<String, String> owners = new HashMap<>();
    List<String> consumers = texts(2);
    for (String prefix : List.of("", "a", "a:", "1:", "#", "a#1,1#event")) {
      KeyFormat prefixed = new KeyFormat(prefix, Optional.empty());
      for (String consumer : consumers) {
        texts(2)
            .forEach(
                id ->
                    assertUnique(
                        owners,
                        prefixed.eventKey(consumer, id),
                        prefix + " " + consumer + " " + id));
      }
    }
    assertThat(owners).hasSize(6 * consumers.size() * consumers.size());
  }

  @Test
  void keys_startWithThePrefixAndAreValidLockNames() {
    for (String id : texts(2)) {
      assertThat(LockRequest.of(keys.resourceKey(id)).name()).startsWith("shop/");
      assertThat(LockRequest.of(keys.eventKey("ship", id)).name()).startsWith("shop/");
    }
  }

  @Test
  void resourceKey_longerThan2048Bytes_isRefused() {
    String longest = "é".repeat(1_021) + "x";
    assertThat(keys.resourceKey(longest).getBytes(UTF_8)).hasSize(2_048);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> keys.resourceKey(longest + "x"))
        .withMessage(
            "resource id of 2044 bytes forms a key of 2049 bytes, and a key has at most 2048 bytes:"
                + " shorten the id, or use a hash of it");
  }

  @Test
  void resourceKey_suffix_countsTowardsTheLimit() {
    String id = "x".repeat(2_036) + "#event";
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> keys.resourceKey(id))
        .withMessageContaining("of 2042 bytes forms a key of 2056 bytes");
  }

  @ParameterizedTest
  @CsvSource({"a\ud800", "\udc00", "x#permit-1"})
  void invalidLockName_isAnInvalidEventWithoutTheName(String id) {
    for (Runnable key :
        List.<Runnable>of(() -> keys.resourceKey(id), () -> keys.eventKey("ship", id))) {
      assertThatExceptionOfType(InvalidEventException.class)
          .isThrownBy(key::run)
          .withMessageContaining("unpaired surrogate")
          .withMessageContaining("must not contain '#permit-'")
          .withMessageNotContaining("x#permit-1");
    }
  }
}
