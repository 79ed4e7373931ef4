package dev.holdfast.lambda.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.lambda.Ids;
import dev.holdfast.lambda.error.InvalidEventException;
import java.nio.CharBuffer;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompositeIdTest {

  @Test
  void of_severalParts_equalsTheIdOfJoinedPointers() {
    assertThat(Ids.of("acme", 17))
        .isEqualTo("acme:17#4,2")
        .isEqualTo(CompositeId.join("acme", "17"));
    assertThat(Ids.of("order")).isEqualTo("order#5");
  }

  @Test
  void of_valuesOfEachType_usesTheirText() {
    UUID id = new UUID(1, 2);
    assertThat(Ids.of("a", 7L, true, 'c', TimeUnit.DAYS, id, LocalDate.of(2026, 1, 2)))
        .startsWith("a:7:true:c:DAYS:" + id + ":2026-01-02#");
  }

  @Test
  void of_differentParts_isDifferent() {
    Set<String> ids =
        List.of(
                Ids.of("a", "b", "c"),
                Ids.of("a", "b:c"),
                Ids.of("a:b", "c"),
                Ids.of("a:b:c"),
                Ids.of("a", "b#1", "c"),
                Ids.of("a", "bc"))
            .stream()
            .collect(Collectors.toSet());
    assertThat(ids).hasSize(6);
  }

  static List<@Nullable Object[]> of_partWithoutText_isRefusedByItsNumber() {
    return List.of(
        new @Nullable Object[] {"x", null},
        new @Nullable Object[] {"x", ""},
        new @Nullable Object[] {"x", CharBuffer.allocate(0)});
  }

  @ParameterizedTest
  @MethodSource
  void of_partWithoutText_isRefusedByItsNumber(@Nullable Object first, @Nullable Object second) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> Ids.of("order", first, second))
        .withMessageStartingWith("part 3 of an id must have at least one character, got ")
        .withMessageEndingWith(": check the field of the event that it is read from");
  }

  @Test
  void of_valueWhoseTextMayNotIdentifyIt_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ids.of("order", Optional.empty()))
        .withMessageContaining("part 2 of an id must be a text")
        .withMessageContaining("got java.util.Optional");
    assertThatIllegalArgumentException().isThrownBy(() -> Ids.of("order", new Object()));
    assertThatIllegalArgumentException().isThrownBy(() -> Ids.of("order", List.of("1")));
  }
}
