package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.LockRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
  /** What a key is made of, and what it could be confused by. */
  private static final List<String> PARTS =
      List.of("a", "1", ":", ",", "#", "#event", "#resource", "#1,1#event", "é");

  private final Keys keys = new Keys("shop/", Optional.empty());

  /** All texts of one to three parts. */
  private static List<String> texts(int partsMax) {
    List<String> texts = new ArrayList<>(PARTS);
    List<String> longest = PARTS;
    for (int parts = 2; parts <= partsMax; parts++) {
      List<String> longer = new ArrayList<>();
      longest.forEach(text -> PARTS.forEach(part -> longer.add(text + part)));
      texts.addAll(longer);
      longest = longer;
    }
    return texts.stream().distinct().toList();
  }

  private static void add(Map<String, String> owners, String key, String owner) {
    assertThat(owners.putIfAbsent(key, owner)).as(key).isIn(null, owner);
  }

  @Test
  void resource_isThePrefixAndTheId() {
    assertThat(keys.resource("order-17")).isEqualTo("shop/order-17");
  }

  @Test
  void event_isReadableFromBehindInOneWay() {
    assertThat(keys.event("ship", "e-17")).isEqualTo("shop/ship:e-17#4,4#event");
  }

  @ParameterizedTest
  @CsvSource({"a#event, a#event#resource", "a#resource, a#resource#resource", "a#events, a#events"})
  void resource_thatEndsLikeAnEvent_getsAnotherEnding(String id, String key) {
    assertThat(new Keys("", Optional.empty()).resource(id)).isEqualTo(key);
  }

  @Test
  void differentResources_neverShareAKey_norOneWithAnEvent() {
    Map<String, String> owners = new HashMap<>();
    List<String> ids = texts(4);
    ids.forEach(id -> add(owners, keys.resource(id), "resource " + id));
    List<String> few = texts(2);
    few.forEach(c -> few.forEach(id -> add(owners, keys.event(c, id), c + " event " + id)));
    assertThat(owners).hasSize(ids.size() + few.size() * few.size());
  }

  @Test
  void differentPrefixConsumerAndEvent_neverShareAKey() {
    Map<String, String> owners = new HashMap<>();
    List<String> consumers = texts(2);
    for (String prefix : List.of("", "a", "a:", "1:", "#", "a#1,1#event")) {
      Keys prefixed = new Keys(prefix, Optional.empty());
      for (String c : consumers) {
        texts(2).forEach(id -> add(owners, prefixed.event(c, id), prefix + " " + c + " " + id));
      }
    }
    assertThat(owners).hasSize(6 * consumers.size() * consumers.size());
  }

  @Test
  void everyKey_startsWithThePrefixAndIsALocksName() {
    for (String id : texts(2)) {
      assertThat(LockRequest.of(keys.resource(id)).name()).startsWith("shop/");
      assertThat(LockRequest.of(keys.event("ship", id)).name()).startsWith("shop/");
    }
  }

  @Test
  void keyOf2048Bytes_isTheLongest() {
    String longest = "é".repeat(1_021) + "x";
    assertThat(keys.resource(longest).getBytes(UTF_8)).hasSize(2_048);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> keys.resource(longest + "x"))
        .withMessage(
            "resource id of 2044 bytes makes a key of 2049 bytes, and a key has at most 2048:"
                + " shorten it, or use a hash of it");
  }

  @Test
  void reservedEnding_countsToo() {
    String id = "x".repeat(2_036) + "#event";
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> keys.resource(id))
        .withMessageContaining("of 2042 bytes makes a key of 2056 bytes");
  }

  @ParameterizedTest
  @CsvSource({"a\ud800", "\udc00", "x#permit-1"})
  void whatTheLockRefuses_isAnInvalidEventThatDoesNotShowIt(String id) {
    for (Runnable key : List.<Runnable>of(() -> keys.resource(id), () -> keys.event("ship", id))) {
      assertThatExceptionOfType(InvalidEventException.class)
          .isThrownBy(key::run)
          .withMessageContaining("half a surrogate pair")
          .withMessageContaining("must not contain '#permit-'")
          .withMessageNotContaining("x#permit-1");
    }
  }
}
